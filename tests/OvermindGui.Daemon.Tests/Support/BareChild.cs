using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Tests.Support;

/// <summary>A child without a daemon around it; what it prints is taken from the queue.</summary>
internal sealed class BareChild : IAsyncDisposable
{
    private static long _runs; // many at once, and each ends what carries its mark

    private readonly WriteQueue _queue;
    private readonly ChildProcess _child;
    private readonly SortedDictionary<(LineSource Source, long Number), string> _lines = [];
    private readonly Task _pump;

    private BareChild(WriteQueue queue, ChildProcess child)
    {
        (_queue, _child) = (queue, child);
        _pump = PumpAsync();
        child.StartCapture();
    }

    public ChildProcess Process => _child;

    /// <summary>Those of a stream in their order, as they are after their last change.</summary>
    public IReadOnlyList<(LineSource Source, string Text)> Lines
    {
        get
        {
            lock (_lines) return [.. _lines.Select(line => (line.Key.Source, line.Value))];
        }
    }

    /// <param name="sessionCommand">How the child is started; with the tools of the system unless said otherwise.</param>
    public static async Task<BareChild> StartAsync(
        string command, SessionCommand? sessionCommand = null, bool onTerminal = true)
    {
        var queue = new WriteQueue();
        var launcher = new ChildLauncher(
            new ProjectFolder(Path.GetTempPath()), sessionCommand ?? SessionCommands.WithSystemTools, PseudoTerminal.Open, queue, TimeProvider.System);
        var environment = ChildEnvironment.From(Environment.GetEnvironmentVariable);
        var spec = new ProcessSpec(1, Plans.Of("p", command, Path.GetTempPath()), onTerminal ? TerminalSize.Default : null, environment);
        return new BareChild(queue, await launcher.StartAsync(spec, new RunIdentity(1, Interlocked.Increment(ref _runs))));
    }

    /// <summary>Waits for the end of the process and of its output, whatever else may hold it; returns the exit.</summary>
    public async Task<ExitStatus?> EndAsync()
    {
        var exit = await _child.Exited;
        await _child.OutputEnded;
        await DisposeAsync();
        return exit;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_child.Exited.IsCompleted) _child.Group.Signal(ProcessGroup.Kill);
        await _child.Exited;
        await _child.DisposeAsync();
        _queue.Complete();
        await _pump;
    }

    private async Task PumpAsync()
    {
        await foreach (var item in _queue.Reader.ReadAllAsync())
        {
            item.Release();
            if (item is LineBatch { Live: { } live } batch) Take(batch, live);
        }
    }

    private void Take(LineBatch batch, LiveLines live)
    {
        lock (_lines)
        {
            foreach (var amended in live.Amended) _lines[(batch.Source, amended.Number)] = amended.Content.Text;
            foreach (var (i, line) in batch.Lines.Index()) _lines[(batch.Source, live.FirstNumber + i)] = line.Text;
        }
    }
}
