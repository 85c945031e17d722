using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;

namespace OvermindGui.Core.Pruning;

/// <summary>What is deleted next and why, in sentences.</summary>
public static class PruningMessages
{
    /// <summary>What a pruning has done.</summary>
    public static string Done(long lines, long freed, bool wasAgeBelieved)
    {
        var done = lines == 0 ? "Nothing exceeds the limits" : $"Deleted {Quantity.Lines(lines)}{(freed > 0 ? $"; the database is {ByteSize.Of(freed)} smaller" : "")}";
        return wasAgeBelieved ? done : $"{done}. The clock has jumped, so no line is deleted because of its age for an hour";
    }

    /// <summary>Why lines of a process are deleted; null when none is.</summary>
    public static string? Reason(ProcessPruning process, Retention keep)
    {
        List<string> reasons = [];
        if (process.TooOld > 0) reasons.Add($"older than {Days(keep.Age)}");
        if (process.TooMany > 0) reasons.Add($"more than {Quantity.Lines(keep.Lines)}");
        if (process.ForSize > 0) reasons.Add($"the database exceeds {ByteSize.Of(keep.Size)}");
        return reasons.Count == 0 ? null : string.Join("; ", reasons);
    }

    /// <summary>What happens to the lines of a process next.</summary>
    public static string Next(ProcessPruning process, Retention keep, TimeZoneInfo zone)
    {
        if (process.Due > 0) return $"{(process.ForSize > 0 ? "about " : "")}{Quantity.Lines(process.Due)} now: {Reason(process, keep)}";
        if (process.OldestUnprotected is not { } oldest) return process.Lines == 0 ? "" : "nothing: all of it is protected";
        var free = process.Lines - process.PinnedLines - process.CrashLines;
        var at = TimeZoneInfo.ConvertTime(LineTime.Of(oldest) + keep.Age, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var byAge = $"its oldest from {at} on, after {Days(keep.Age)}";
        var protectedLines = process.PinnedLines + process.CrashLines;
        return free > keep.Lines * 0.8
            ? $"its oldest {Quantity.Lines((long)(keep.Lines * PruningPlan.Slack))} once it has {Quantity.Lines((long)(keep.Lines * (1 + PruningPlan.Slack)) + protectedLines)}, or {byAge}"
            : byAge;
    }

    private static string Days(TimeSpan age) => Quantity.Of((long)age.TotalDays, "day", "days");
}
