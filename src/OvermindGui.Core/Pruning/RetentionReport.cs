using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;

namespace OvermindGui.Core.Pruning;

/// <summary>What is stored, the limits, and what is deleted next, for scripts and the API.</summary>
/// <param name="SizeBytes">Of the database, without what is free.</param>
/// <param name="FreeBytes">What is used again, or given back to the disk.</param>
/// <param name="DueLines">Lines that are deleted next, of all processes.</param>
public sealed record RetentionReport(LimitsReport Limits, long SizeBytes, long FreeBytes, IReadOnlyList<StoredProcessReport> Processes, long DueLines)
{
    /// <param name="zone">Of the times in the sentences.</param>
    public static RetentionReport Of(RetentionLimits limits, PruningPlan plan, TimeZoneInfo zone) => new(
        LimitsReport.Of(limits), plan.Used, plan.Free, [.. plan.Processes.Select(process => StoredProcessReport.Of(process, plan.Keep, zone))], plan.Due);
}

/// <summary>The limits that apply.</summary>
/// <param name="Lines">Of each process.</param>
/// <param name="Days">Days that lines are kept.</param>
/// <param name="Size">Bytes of the database.</param>
/// <param name="Crashes">Days that the output before crashes and around errors is kept; 0 for no longer than the rest.</param>
public sealed record LimitsReport(LimitReport Lines, LimitReport Days, LimitReport Size, LimitReport Crashes)
{
    internal static LimitsReport Of(RetentionLimits limits)
    {
        var all = limits.Over(RetentionLimits.Default);
        return new LimitsReport(
            new LimitReport(all.Lines!.Value, all.Lines.Source), new LimitReport((long)all.Age!.Value.TotalDays, all.Age.Source),
            new LimitReport(all.Size!.Value, all.Size.Source), new LimitReport((long)all.Crashes!.Value.TotalDays, all.Crashes.Source));
    }
}

/// <summary>A limit.</summary>
/// <param name="Source">Where it is set: an option, a variable, a line of the settings file, changed at runtime, or default.</param>
public sealed record LimitReport(long Value, string Source);

/// <summary>What is stored of a process.</summary>
/// <param name="Lines">Without those that are cleared.</param>
/// <param name="Bytes">What its lines take, about; null while an older daemon runs.</param>
/// <param name="Oldest">Time of its oldest line; null without lines.</param>
/// <param name="PinnedLines">Lines of pinned runs and around stars, which are deleted last.</param>
/// <param name="CrashLines">Other lines that are kept because they explain a crash or an error.</param>
/// <param name="DueLines">Lines that are deleted next; an estimate where the size is the reason.</param>
/// <param name="DueBytes">The same in bytes, about.</param>
/// <param name="Reason">Why; null when none is.</param>
/// <param name="Next">A sentence: what is deleted next, and when.</param>
public sealed record StoredProcessReport(
    string Process, long Lines, long? Bytes, string? Oldest, long PinnedLines, long CrashLines, long DueLines, long DueBytes, string? Reason, string Next)
{
    internal static StoredProcessReport Of(ProcessPruning process, Retention keep, TimeZoneInfo zone) => new(
        process.Process, process.Lines, process.Bytes, process.Oldest is { } oldest ? LineTime.TextOf(oldest) : null, process.PinnedLines, process.CrashLines,
        process.Due, process.DueBytes, PruningMessages.Reason(process, keep), PruningMessages.Next(process, keep, zone));
}
