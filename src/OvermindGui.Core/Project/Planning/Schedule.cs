using Cronos;

namespace OvermindGui.Core.Project.Planning;

/// <summary>When a process is started again and again.</summary>
/// <param name="Cron">Five fields, or six with seconds in front, or a macro such as <c>@hourly</c>.</param>
/// <param name="TimeZone">An IANA name; null for the machine's.</param>
/// <param name="RunsMissed">Whether a run that was due while the machine slept is made up for, once.</param>
public sealed record Schedule(string Cron, string? TimeZone, ScheduleOverlap Overlap, bool RunsMissed)
{
    /// <summary>Null when it is valid; otherwise what is wrong.</summary>
    public static string? FindProblem(string cron)
    {
        try
        {
            // Leap years come at least every eight years; whatever is due is due within them.
            var next = Parse(cron).GetNextOccurrence(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc);
            return next is null ? "it is never due" : null;
        }
        catch (CronFormatException e)
        {
            return e.Message.Replace("Unexpected character '\0'", "it ends too early", StringComparison.Ordinal).TrimEnd('.');
        }
    }

    /// <summary>The next time it is due; null when there is none.</summary>
    /// <param name="local">The machine's time zone.</param>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo local) =>
        Parse(Cron).GetNextOccurrence(after, TimeZone is null ? local : TimeZoneInfo.FindSystemTimeZoneById(TimeZone));

    private static CronExpression Parse(string cron) => CronExpression.Parse(
        cron, cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
}

/// <summary>What happens when a run is due while the one before still runs.</summary>
public enum ScheduleOverlap
{
    /// <summary>The run that is due is left out.</summary>
    Skip,

    /// <summary>It starts when the one before has ended; at most one waits.</summary>
    Queue,

    /// <summary>The one before is stopped.</summary>
    Replace,
}
