namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// Whether the time of day can be believed where it decides what is deleted. A clock that is set wrongly for a moment, by hand or by a time
/// server, makes every line look too old; an hour is enough for it to be set right again.
/// </summary>
/// <param name="time">The time of day.</param>
/// <param name="boot">Runs on whatever is set: <see cref="Core.Posix.BootClock"/>.</param>
internal sealed class ClockJumps(TimeProvider time, TimeProvider boot)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);
    private static readonly TimeSpan Postponement = TimeSpan.FromHours(1);

    private DateTimeOffset _day = time.GetUtcNow();
    private long _boot = boot.GetTimestamp();
    private long? _jumped;

    /// <summary>The daemon has not run between then and now, so that only the two times can be compared.</summary>
    /// <param name="newestLine">When the newest stored line was written.</param>
    public void BeginBehind(DateTimeOffset newestLine)
    {
        if ((time.GetUtcNow() - newestLine).Duration() > Tolerance) _jumped = _boot;
    }

    /// <summary>Looks at both clocks. True within an hour after they went apart by more than an hour.</summary>
    /// <param name="by">How far they have gone apart since the last look, when that is a jump.</param>
    public bool IsPostponed(out TimeSpan? by)
    {
        var (day, now) = (time.GetUtcNow(), boot.GetTimestamp());
        var gain = day - _day - boot.GetElapsedTime(_boot, now);
        (_day, _boot) = (day, now);
        by = gain.Duration() > Tolerance ? gain : null;
        if (by is not null) _jumped = now;
        return _jumped is { } since && boot.GetElapsedTime(since, now) < Postponement;
    }
}
