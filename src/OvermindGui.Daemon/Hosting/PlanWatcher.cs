using OvermindGui.Core.Contracts;
using OvermindGui.Core.Timing;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.Hosting;

/// <summary>
/// Detects changes to the files that the plan depends on, and reports what a reload would change. Polling a few files once per second is
/// cheap, and finds changes that a file watch misses: files in other folders, and editors that replace files.
/// </summary>
internal sealed class PlanWatcher(PlanReloader reloader, EventRecorder recorder, DaemonOptions options)
{
    private sealed record FileState(string Path, DateTime Written, long Size);

    /// <summary>Looks until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<FileState> seen = []; // so that the first look finds what was changed since the plan was made
        var isSettled = true;
        while (true)
        {
            await Heartbeat.UntilAsync(IsSettledAnew, cancellationToken);
            await ReportPendingAsync();
        }

        // An editor may be half way through: what counts is what rests.
        bool IsSettledAnew()
        {
            var now = Look();
            var isChanged = !now.SequenceEqual(seen);
            var isDue = !isChanged && !isSettled;
            (seen, isSettled) = (now, !isChanged);
            return isDue;
        }
    }

    private List<FileState> Look() =>
        [.. reloader.Files.Select(path => new FileInfo(path)).Select(f => new FileState(f.FullName, f.LastWriteTimeUtc, f.Exists ? f.Length : -1))];

    private async Task ReportPendingAsync()
    {
        if (options.Watch)
        {
            var outcome = await reloader.ReloadAsync(null, Initiator.FileWatch);
            if (!outcome.Succeeded) Say("cannot be applied", outcome.Message);
            return;
        }

        var (next, difference) = await reloader.PreviewAsync();
        var pending = PlanMessages.Pending(next, difference);
        recorder.Pending(pending);
        if (pending is not null) Say(pending.CanApply ? "`overmind-gui reload` would apply" : "cannot be applied", string.Join('\n', pending.Lines));
    }

    private void Say(string what, string words) =>
        recorder.SystemNotice($"The project's files were changed; {what}: {words.Replace("\n", "; ", StringComparison.Ordinal)}");
}
