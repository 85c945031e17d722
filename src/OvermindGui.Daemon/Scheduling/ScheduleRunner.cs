using System.Globalization;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.Scheduling;

/// <summary>
/// Starts processes when their schedules say so. It looks at the clock every second or two instead of waiting for the next run, so that a
/// clock that is set, and a machine that has slept, are noticed.
/// </summary>
internal sealed class ScheduleRunner(Supervisor supervisor, EventRecorder recorder, StateSignal changes, TimeProvider time, ILogger<ScheduleRunner> logger)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(5);

    // What is later than this was missed: the machine slept, or the clock was set forward.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Timetable> _timetables = [];

    private sealed record Timetable(Schedule Schedule, DateTimeOffset? Next, bool IsQueued = false);

    /// <summary>Follows the schedules until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Look();
            await WaitAsync(cancellationToken);
        }
    }

    // A run that is due starts in its second; one that waits, and a schedule that is new, are taken up at once.
    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        var due = _timetables.Values.Select(t => t.Next).Min() is { } next ? next - time.GetUtcNow() + Moment : LookInterval;
        var wait = _timetables.Count == 0 ? Timeout.InfiniteTimeSpan : due > LookInterval ? LookInterval : due < Moment ? Moment : due;
        await changes.WaitUntilAsync(HasNews, wait).WaitAsync(cancellationToken);
    }

    private bool HasNews() =>
        _timetables.Any(t => t.Value.IsQueued && !IsRunning(t.Key))
        || supervisor.Plan.Processes.Any(p => _timetables.GetValueOrDefault(p.Name)?.Schedule != p.Schedule);

    private bool IsRunning(string process) => supervisor.Running.Any(r => r.Name == process);

    private void Look()
    {
        var now = time.GetUtcNow();
        var plan = supervisor.Plan.Processes;
        foreach (var gone in _timetables.Keys.Where(name => plan.All(p => p.Name != name || p.Schedule is null)).ToList())
        {
            _timetables.Remove(gone);
            recorder.NextRun(gone, null);
        }

        foreach (var process in plan)
            if (process.Schedule is { } schedule) Look(process.Name, schedule, now);
    }

    private void Look(string process, Schedule schedule, DateTimeOffset now)
    {
        var known = _timetables.GetValueOrDefault(process);
        if (known?.Schedule != schedule) known = new Timetable(schedule, NextOf(schedule, now));
        if (known.Next is { } due && due <= now) known = RunDue(process, known, due, now);
        // A clock that was set back makes the next run due earlier than it was expected.
        else if (NextOf(schedule, now) is { } earlier && earlier < known.Next) known = known with { Next = earlier };
        if (known.IsQueued && !IsRunning(process)) known = Start(process, known, replace: false);
        if (_timetables.GetValueOrDefault(process)?.Next != known.Next) recorder.NextRun(process, known.Next?.ToUnixSeconds());
        _timetables[process] = known;
    }

    private Timetable RunDue(string process, Timetable known, DateTimeOffset due, DateTimeOffset now)
    {
        var next = known with { Next = NextOf(known.Schedule, now) };
        if (now - due > Tolerance)
        {
            Say($"{process}: its run at {Text(due)} was missed: the machine slept, or the clock was set; {(known.Schedule.RunsMissed ? "it is made up for now" : $"the next is at {Text(next.Next)}")}");
            if (!known.Schedule.RunsMissed) return next;
        }

        if (!IsRunning(process)) return Start(process, next, replace: false);
        switch (known.Schedule.Overlap)
        {
            case ScheduleOverlap.Queue:
                return next with { IsQueued = true };
            case ScheduleOverlap.Replace:
                return Start(process, next, replace: true);
            default:
                Say($"{process}: its run at {Text(due)} is left out, because the one before still runs");
                return next;
        }
    }

    private Timetable Start(string process, Timetable timetable, bool replace)
    {
        var by = new Initiator(InitiatorKind.Schedule, timetable.Schedule.Cron);
        // A start may take long, and other schedules do not wait for it; a failure is in the process's own log.
        _ = supervisor.ExecuteAsync(replace ? CommandKind.Restart : CommandKind.Start, process, by, "schedule");
        return timetable with { IsQueued = false };
    }

    private DateTimeOffset? NextOf(Schedule schedule, DateTimeOffset after) => schedule.Next(after, time.LocalTimeZone);

    private string Text(DateTimeOffset? at) => at is { } known
        ? TimeZoneInfo.ConvertTime(known, time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : "no time at all";

    private void Say(string what)
    {
        logger.LogWarning("{What}", what);
        recorder.SystemNotice(what, LineLevel.Warn);
    }
}
