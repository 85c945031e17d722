namespace OvermindGui.Daemon.Hosting;

/// <summary>Closes the log. On a full disk the last entries cannot be written; this must not hide why the daemon ends.</summary>
internal sealed class LogClosing(Serilog.Core.Logger log) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        try
        {
            await log.DisposeAsync();
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync($"The last entries of the log could not be written: {e.Message}");
        }
    }
}
