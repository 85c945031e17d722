using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Pruning;

/// <summary>
/// What is stored, and what is deleted to keep the limits. The daemon deletes by this plan, and page, API and command line show it. It counts by
/// indexes and by the figures that the writer keeps, and reads no output.
/// </summary>
/// <param name="Used">Bytes of the database that are in use.</param>
/// <param name="Free">Bytes that are used again, or given back to the disk.</param>
public sealed record PruningPlan(Retention Keep, long Used, long Free, IReadOnlyList<ProcessPruning> Processes, SizeStep? NextForSize)
{
    /// <summary>The daemon begins so much beyond a limit, so that a steady flood is pruned now and then instead of all the time.</summary>
    public const double Slack = 0.05;

    /// <summary>Lines that are deleted.</summary>
    public long Due => Processes.Sum(p => p.Due);

    /// <summary>Makes the plan of this moment.</summary>
    /// <param name="slack">How much more lines than the limit there may be before any is deleted.</param>
    /// <param name="believesAge">Whether lines are deleted because of their age: not while the clock cannot be believed.</param>
    public static PruningPlan Make(SqliteConnection connection, Retention keep, DateTimeOffset now, double slack = 0, bool believesAge = true)
    {
        var pages = connection.Query(
            "SELECT pages.page_count, free.freelist_count, size.page_size FROM pragma_page_count pages, pragma_freelist_count free, pragma_page_size size",
            row => (Used: (row.GetInt64(0) - row.GetInt64(1)) * row.GetInt64(2), Free: row.GetInt64(1) * row.GetInt64(2)))[0];
        var oldest = believesAge ? (now - keep.Age).ToUnixTimeMilliseconds() : long.MinValue;
        var known = connection.HasTable("stored_bytes");
        var stored = connection.Query(
            $"SELECT id, name, line_count, {(known ? "coalesce((SELECT bytes FROM stored_bytes WHERE process_id = id), 0)" : "NULL")} FROM processes WHERE line_count > 0 ORDER BY id",
            row => new ProcessPruning(row.GetInt32(0), row.GetString(1), row.GetInt64(2), row.Nullable<long?>(3)));
        // Where bytes are not counted, or not yet, lines are taken for alike.
        var average = Math.Max(LineSize.PerLine, (double)pages.Used / Math.Max(1, stored.Sum(p => p.Lines)));
        var processes = stored.Select(process => Look(connection, process, keep, now, oldest, slack) with
        {
            BytesPerLine = process.Bytes is > 0 and var bytes ? Math.Max(LineSize.PerLine, (double)bytes / process.Lines) : average,
        }).ToList();
        return ForSize(new PruningPlan(keep, pages.Used, pages.Free, processes, null));
    }

    /// <summary>Whether lines or size may exceed the limits: a look that costs nothing, and takes protected lines for others.</summary>
    public static bool MayExceed(SqliteConnection connection, Retention keep) => connection.Scalar(
        """
        SELECT EXISTS (SELECT 1 FROM processes WHERE line_count > $1)
          OR (SELECT (pages.page_count - free.freelist_count) * size.page_size FROM pragma_page_count pages, pragma_freelist_count free, pragma_page_size size) > $2
        """,
        (long)(keep.Lines * (1 + Slack)), keep.Size) is 1L;

    private static ProcessPruning Look(SqliteConnection connection, ProcessPruning process, Retention keep, DateTimeOffset now, long oldest, double slack)
    {
        var pinned = ProtectedLines.Of(connection, process.Id);
        var kept = keep.Crashes > TimeSpan.Zero
            ? ProtectedLines.Merge(pinned.Concat(CrashContexts.Of(connection, process.Id, (now - keep.Crashes).ToUnixTimeMilliseconds())))
            : pinned;
        var (pinnedLines, keptLines) = (ProtectedLines.Count(connection, process.Id, pinned), ProtectedLines.Count(connection, process.Id, kept));
        var free = process.Lines - keptLines;
        return process with
        {
            Pinned = pinned,
            Protected = kept,
            PinnedLines = pinnedLines,
            CrashLines = keptLines - pinnedLines,
            Oldest = ProtectedLines.OldestBetween(connection, process.Id, 0, long.MaxValue),
            OldestUnprotected = ProtectedLines.Between(kept).Select(gap => ProtectedLines.OldestBetween(connection, process.Id, gap.After, gap.Before)).FirstOrDefault(time => time is not null),
            TooMany = free > keep.Lines * (1 + slack) ? free - keep.Lines : 0,
            TooOld = CountOlder(connection, process.Id, kept, oldest),
        };
    }

    private static long CountOlder(SqliteConnection connection, int process, IReadOnlyList<(long First, long Last)> kept, long oldest)
    {
        if (oldest <= 0) return 0;
        var upTo = LinePlace.LastIdBefore(connection, oldest, (long)connection.Scalar("SELECT coalesce(max(id), 0) FROM lines")!);
        if (upTo == 0) return 0;
        var older = ProtectedLines.Count(connection, process, [(0, upTo)]);
        return older == 0 ? 0 : older - ProtectedLines.Count(connection, process, kept.Where(range => range.First <= upTo).Select(range => (range.First, Math.Min(range.Last, upTo))));
    }

    // The process that takes the most room loses its oldest, a third at a time: two chatty ones end up with as much each. What explains a crash
    // goes when nothing else is left, and what is pinned goes last.
    private static PruningPlan ForSize(PruningPlan plan)
    {
        var left = plan.Processes.ToDictionary(p => p.Id, p => p.Lines - p.PinnedLines - p.CrashLines - Math.Max(p.TooMany, p.TooOld));
        var takes = plan.Processes.ToDictionary(p => p.Id, p => p.BytesPerLine);
        var taken = plan.Processes.ToDictionary(p => p.Id, _ => 0L);
        var used = plan.Used - plan.Processes.Sum(p => p.DueBytes);
        SizeStep? first = null;
        foreach (var tier in Enum.GetValues<Tier>())
        {
            if (tier != Tier.Ordinary) foreach (var process in plan.Processes) left[process.Id] = tier == Tier.Crashes ? process.CrashLines : process.PinnedLines;
            while (used > plan.Keep.Size && plan.Processes.MaxBy(p => left[p.Id] * takes[p.Id]) is { } largest && left[largest.Id] > 0)
            {
                var excess = (long)Math.Ceiling((used - plan.Keep.Size * (1 - Slack)) / takes[largest.Id]);
                var lines = Math.Clamp(excess, 1, Math.Max(1, left[largest.Id] / 3));
                first ??= new SizeStep(largest.Id, lines, tier switch { Tier.Ordinary => largest.Protected, Tier.Crashes => largest.Pinned, _ => [] });
                left[largest.Id] -= lines;
                taken[largest.Id] += lines;
                used -= (long)Math.Ceiling(lines * takes[largest.Id]);
            }
        }

        return first is null ? plan : plan with { Processes = [.. plan.Processes.Select(p => p with { ForSize = taken[p.Id] })], NextForSize = first };
    }

    private enum Tier
    {
        Ordinary,
        Crashes,
        Pinned,
    }
}
