using System.Buffers;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Daemon.OvermindBackend;

// Handles overmind's messages about the process, and its output. Everything here runs inside the gate.
internal sealed partial class OvermindProcess
{
    // Overmind checks its processes ten times per second, so its table can be out of date for that long.
    private static readonly TimeSpan Doubt = TimeSpan.FromMilliseconds(300);

    // Overmind prints a PID as soon as it has it, and its table has it a second or two later.
    private static readonly TimeSpan LongestHeld = TimeSpan.FromSeconds(3);
    private const int MostHeld = 256 * 1024;

    private OvermindStatus? _seen;
    private long _seenSince;
    private long _heededAt;

    /// <summary>Takes what stood behind its name.</summary>
    public async Task ReadAsync(OvermindOutputText text)
    {
        if (text.Message is { } message && await HeedAsync(message))
        {
            _heededAt = time.GetTimestamp();
            return;
        }

        var run = _run ?? await BeginAsync();
        if (run.Early is { } early && early.WrittenCount < MostHeld && EarlyDue(run) > TimeSpan.Zero)
        {
            early.Write(text.Bytes.Span);
            return;
        }

        await run.ReleaseEarlyAsync();
        await run.Capture.FeedAsync(text.Bytes.Span);
    }

    /// <summary>How long its output may rest before it is to be flushed; infinite while nothing waits.</summary>
    public TimeSpan FlushDue => _run switch
    {
        null => Timeout.InfiniteTimeSpan,
        { Early.WrittenCount: > 0 } run => EarlyDue(run),
        var run => run.Capture.FlushDue,
    };

    public async Task FlushAsync()
    {
        if (_run is not { } run) return;
        if (run.Early is not null && EarlyDue(run) == TimeSpan.Zero) await run.ReleaseEarlyAsync();
        if (run.Capture.FlushDue == TimeSpan.Zero) await run.Capture.FlushAsync();
    }

    private TimeSpan EarlyDue(OvermindRun run) =>
        LongestHeld - time.GetElapsedTime(run.StartedTimestamp) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>
    /// Applies the process's row of the status table, or its absence. Overmind's output arrives at once and in order; the table overrides
    /// it only when it repeats the same answer and all output printed in the meantime has been read.
    /// </summary>
    /// <param name="askedAt">When the table was requested, in ticks of the clock.</param>
    /// <param name="allReadAt">When no output was left to read, in ticks of the clock.</param>
    public async Task ObserveAsync(OvermindStatus? row, long askedAt, long allReadAt)
    {
        IsListed = row is not null;
        if (askedAt < _heededAt) row = null; // it has been overtaken
        if (row != _seen) (_seen, _seenSince) = (row, time.GetTimestamp());
        if (row is not { Pid: > 0 } || time.GetElapsedTime(_seenSince, allReadAt) < Doubt) return;

        var run = _run;
        if (run is { IsUp: true } && (run.Pid != row.Pid || !row.IsUp)) await EndedAsync(run, null);
        if (!row.IsUp || run?.Pid == row.Pid) return;
        await IdentifiedAsync(run is { HasEnded: false, Pid: null } ? run : await BeginAsync(), row.Pid);
    }

    /// <summary>False when the message cannot come from overmind: then the process has printed it.</summary>
    private async Task<bool> HeedAsync(OvermindMessage message)
    {
        var run = _run;
        switch (message.Kind)
        {
            case OvermindMessageKind.Started or OvermindMessageKind.Restarted when run?.Pid == message.Number:
                return true; // the table was quicker
            case OvermindMessageKind.Started or OvermindMessageKind.Restarted when run is not { IsUp: true }:
                await IdentifiedAsync(run is { HasEnded: false } ? run : await BeginAsync(), message.Number);
                return true;
            case OvermindMessageKind.Restarting when run is null or { HasEnded: true }:
                await BeginAsync();
                return true;
            case OvermindMessageKind.Interrupting when run is { IsUp: true }:
                await StopRequestedAsync(run);
                return true;
            case OvermindMessageKind.Killing when run is { IsUp: true }:
                run.WasKilled = true;
                recorder.Notice(run.Identity, "Did not end; overmind kills it");
                return true;
            // The number is free again when overmind says so; as long as it is not, the process speaks of something else.
            case OvermindMessageKind.Exited when run is { IsUp: true, Group.LeaderExists: false } or { HasEnded: true, Exit: null }:
                await EndedAsync(run, ExitOf(run, message.Number));
                return true;
            default:
                return false;
        }
    }

    // Overmind reports every death by a signal as code 0. SIGKILL leaves no other way to end, so here it is known better.
    private static ExitStatus ExitOf(OvermindRun run, int code) => run.WasKilled && code == 0 ? Killed : new ExitStatus(code);
}
