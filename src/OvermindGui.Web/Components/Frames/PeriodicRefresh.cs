namespace OvermindGui.Web.Components.Frames;

/// <summary>Reads at once, and again and again until its component is gone: for what changes without a signal.</summary>
internal sealed class PeriodicRefresh(TimeSpan interval, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    /// <summary>Cancelled when the component is gone.</summary>
    public CancellationToken Gone => _gone.Token;

    /// <summary>Runs until the component is gone.</summary>
    /// <param name="refreshAsync">Reads.</param>
    /// <param name="render">Shows what was read.</param>
    public async Task RunAsync(Func<Task> refreshAsync, Action render)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            do
            {
                await refreshAsync();
                render();
            }
            while (await timer.WaitForNextTickAsync(Gone));
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // the component is gone
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }
}
