using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Pruning;
using OvermindGui.Core.Storage;

namespace OvermindGui.Daemon.Persistence;

/// <summary>What a pruning has deleted.</summary>
/// <param name="Freed">Bytes that were given back to the disk, or are free to be used again.</param>
internal sealed record PruningOutcome(long Lines, long Freed, bool WasAgeBelieved);

/// <summary>Deletes the oldest lines beyond what is to be kept, by the <see cref="PruningPlan"/>, and gives the pages they filled back to the disk.</summary>
/// <param name="clock">Says when the age of a line means nothing for a while.</param>
internal sealed class RetentionService(
    OvermindDatabase database, WriteQueue queue, CurrentLimits limits, ClockJumps clock, TimeProvider time, ILogger<RetentionService> logger)
    : MaintenanceService(database, queue, LookInterval, time, logger)
{
    // Measured: ten thousand rows a step with pauses keep batches of new lines at or below 12 ms.
    private const int LinesAtOnce = 10_000;

    // While a step passes the queue, a flood stores some forty thousand lines: where there are many to delete, steps must be larger.
    private const int MostLinesAtOnce = 50_000;
    private const int PagesAtOnce = 256; // a megabyte; fewer free ones are soon used again
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    // Lines grow old slowly, and what is protected has to be looked up.
    private static readonly TimeSpan AgeInterval = TimeSpan.FromMinutes(1);

    private readonly AsyncLock _turn = new();
    private (long At, Retention Keep)? _looked;

    /// <summary>Deletes at once what exceeds the limits, without the slack that a round leaves.</summary>
    /// <param name="instead">Other limits than those that apply; null for those.</param>
    public Task<PruningOutcome> PruneAsync(RetentionLimits? instead, CancellationToken cancellationToken) =>
        _turn.RunAsync(() => PruneAsync(instead, slack: 0, cancellationToken), cancellationToken);

    protected override Task RoundAsync(CancellationToken cancellationToken)
    {
        if (Look(connection => new List<Retention> { limits.Read(connection) }) is not [var keep]) return Task.CompletedTask;
        var isEarly = _looked is { } last && last.Keep == keep && Time.GetElapsedTime(last.At) < AgeInterval;
        if (isEarly && Look(connection => new List<bool> { PruningPlan.MayExceed(connection, keep) }) is [false]) return Task.CompletedTask;
        _looked = (Time.GetTimestamp(), keep);
        return _turn.RunAsync(() => PruneAsync(null, PruningPlan.Slack, cancellationToken), cancellationToken);
    }

    private async Task<PruningOutcome> PruneAsync(RetentionLimits? instead, double slack, CancellationToken cancellationToken)
    {
        var postponed = clock.IsPostponed(out var jump);
        if (jump is { } by)
            logger.LogWarning("The clock has jumped by {Jump}; for an hour no line is deleted because of its age", by);
        if (Plan() is not { } plan) return new PruningOutcome(0, 0, !postponed);
        var deleted = 0L;
        var before = plan.Used + plan.Free;
        var oldest = (Time.GetUtcNow() - plan.Keep.Age).ToUnixTimeMilliseconds();
        foreach (var process in plan.Processes)
        {
            if (process.TooMany > 0) deleted += await DeleteAsync(process.Id, process.Protected, process.TooMany, long.MaxValue, cancellationToken);
            if (process.TooOld > process.TooMany) deleted += await DeleteAsync(process.Id, process.Protected, process.Lines, oldest, cancellationToken);
        }

        // Each step shows what it was worth.
        var used = plan.Used;
        while (Plan() is { NextForSize: { } step } next)
        {
            deleted += await DeleteAsync(step.Process, step.Protected, step.Lines, long.MaxValue, cancellationToken);
            used = next.Used;
        }

        while (Look(connection => connection.Query("SELECT freelist_count FROM pragma_freelist_count", row => row.GetInt64(0))) is [> PagesAtOnce])
            await StepAsync(new FreedPages(PagesAtOnce), cancellationToken);
        return new PruningOutcome(deleted, Math.Max(0, before - (Plan() is { } after ? after.Used : used)), !postponed);

        PruningPlan? Plan() => Look(connection =>
        {
            var keep = limits.Read(connection);
            if (instead is not null) keep = instead.Over(RetentionLimits.Of(keep, "")).ToRetention();
            return (List<PruningPlan>)[PruningPlan.Make(connection, keep, Time.GetUtcNow(), slack, believesAge: !postponed)];
        }) is [var made] ? made : null;
    }

    /// <param name="before">Only lines of before this time, Unix milliseconds.</param>
    private async Task<long> DeleteAsync(
        int process, IReadOnlyList<(long First, long Last)> kept, long lines, long before, CancellationToken cancellationToken)
    {
        logger.LogDebug("Deleting up to {Lines} of the oldest lines of process {Process}", lines, process);
        var step = Math.Clamp(lines / 10, LinesAtOnce, MostLinesAtOnce);
        var deleted = 0L;
        foreach (var (after, end) in ProtectedLines.Between(kept))
        {
            while (deleted < lines && OldestBetween(process, after, end) is { } oldest && oldest < before)
            {
                var deletion = new LineDeletion(process, after, end, (int)Math.Min(lines - deleted, step), before) { IsPruning = true };
                await StepAsync(deletion, cancellationToken);
                if (deletion.Deleted == 0) break;
                deleted += deletion.Deleted;
            }
        }

        return deleted;
    }

    private long? OldestBetween(int process, long after, long end) =>
        Look(connection => new List<long?> { ProtectedLines.OldestBetween(connection, process, after, end) }) is [var time] ? time : null;
}
