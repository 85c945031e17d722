using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.OvermindBackend;

// What becomes of it, in the order in which it is stored. What overmind prints, what it answers and what is asked of it change the same
// states, so all of this runs within the gate.
internal sealed partial class OvermindProcess
{
    public const string WhyNotListed =
        "it wants a space behind the colon, nothing before the name, and a name that OVERMIND_PROCESSES and OVERMIND_IGNORED_PROCESSES let pass";

    // The cause of a start that did not come from us: a restart at overmind's own command line.
    private const string OwnCause = "overmind";

    private static readonly ExitStatus Killed = new(128 + 9);

    private string _nextCause = "daemon start";
    private Initiator _nextInitiator = Initiator.Daemon;
    private int _started;

    /// <summary>Handles the end of overmind, which also ends its processes.</summary>
    public async Task EndWithOvermindAsync()
    {
        _overmindHasEnded = true;
        if (_run is { HasEnded: false } run) await EndedAsync(run, null);
        if (_run is not null) await _run.Capture.CompleteAsync();
        changes.Tell();
    }

    /// <summary>Its end is about to be asked for, so that it is known to be on purpose.</summary>
    public Task StopRequestedAsync() => _run is { IsUp: true } run ? StopRequestedAsync(run) : Task.CompletedTask;

    /// <summary>The group of the newest run, if it is known.</summary>
    public ExternalProcessGroup? Group => _run?.Group;

    private async Task StopRequestedAsync(OvermindRun run)
    {
        if (run.StopRequested || run.HasEnded) return;
        run.RequestStop();
        recorder.Status(name, new StatusUpdate(ProcessState.Stopping, run.Pid, run.Identity.RunId, run.StartedAt, null));
    }

    private async Task<OvermindRun> BeginAsync()
    {
        if (_run is not null)
        {
            await _run.ReleaseEarlyAsync();
            await _run.Capture.CompleteAsync();
        }

        var identity = new RunIdentity(id, runs.Next(name));
        var failures = new RunFailureDetector(identity, declarations, time, _recovery.Take);
        var capture = new StreamCapture(identity, LineSource.Terminal, window, queue, time, new StreamFailureDetector(failures));
        var run = new OvermindRun(identity, capture, failures, _nextCause, _nextInitiator, time.Seconds(), time.GetTimestamp());
        (_run, _nextCause, _nextInitiator) = (run, OwnCause, Initiator.Overmind);
        recorder.Status(name, new StatusUpdate(ProcessState.Starting, null, identity.RunId, run.StartedAt, null));
        return run;
    }

    private async Task IdentifiedAsync(OvermindRun run, int pid)
    {
        run.Identify(pid);
        recorder.RunStarted(run.Identity, pid, run.Cause, run.StartedBy, _started++, run.StartedAt);
        recorder.Status(name, new StatusUpdate(ProcessState.Running, pid, run.Identity.RunId, run.StartedAt, null));
        recorder.Notice(run.Identity, $"Started with PID {pid}");
        await run.ReleaseEarlyAsync();
        changes.Tell();
    }

    private async Task EndedAsync(OvermindRun run, ExitStatus? exit)
    {
        (run.HasEnded, run.Exit) = (true, exit);
        await run.ReleaseEarlyAsync();
        await run.Capture.FlushAsync();
        recorder.RunEnded(run.Identity, exit);
        var state = run.StopRequested ? ProcessState.Stopped : ProcessStates.AfterEnd(exit);
        if (!run.IsBroken) recorder.Status(name, new StatusUpdate(state, null, run.Identity.RunId, run.StartedAt, exit));
        recorder.Notice(run.Identity, (run.StopRequested, exit) switch
        {
            (true, { } how) => $"Stopped ({how})",
            (true, null) => "Stopped",
            (false, { } how) => Sentence(how),
            _ => "Ended; overmind did not say how",
        }, run.StopRequested || exit is { IsSuccess: true } ? LineLevel.None : LineLevel.Error);
        changes.Tell();
    }

    private static string Sentence(ExitStatus exit)
    {
        var text = exit.ToString();
        return char.ToUpperInvariant(text[0]) + text[1..];
    }
}
