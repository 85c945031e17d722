using OvermindGui.Core.Levels;
using OvermindGui.Daemon.Control;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.Hosting;

/// <summary>The socket for commands while the daemon serves. It is closed last of all: until everything has ended there are requests to answer.</summary>
internal sealed class ControlService(ControlServer server, SupervisedLoops loops, EventRecorder recorder) : IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private Task _serving = Task.CompletedTask;

    public void Open()
    {
        server.Open();
        if (server.Notice is { } notice) recorder.SystemNotice(notice, LineLevel.Warn);
        _serving = loops.RunAsync("Taking commands by the socket", server.RunAsync, _closing.Token);
    }

    public async Task CloseAsync()
    {
        await _closing.CancelAsync();
        await _serving;
        await server.DisposeAsync();
    }

    public void Dispose() => _closing.Dispose();
}
