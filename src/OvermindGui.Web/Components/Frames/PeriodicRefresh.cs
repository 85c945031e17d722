namespace OvermindGui.Web.Components.Frames;

/// <summary>Reads at once, and again and again until its component is gone: for what changes without a signal.</summary>
internal sealed class PeriodicRefresh(TimeSpan interval, TimeProvider time) : IDisposable
{
    private readonly Lifetime _lifetime = new();

    /// <summary>Cancelled when the component is gone.</summary>
    public CancellationToken Gone => _lifetime.Token;

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
                if (Gone.IsCancellationRequested) return;
                render();
            }
            while (await timer.WaitForNextTickAsync(Gone));
        }
        catch (OperationCanceledException) when (_lifetime.IsOver)
        {
            // the component is gone
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lifetime.Dispose();
}
