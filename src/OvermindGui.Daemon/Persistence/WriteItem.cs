using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Daemon.Persistence;

/// <summary>Something to be stored, in the order of the queue.</summary>
internal abstract record WriteItem
{
    public virtual int LineCount => 0;

    /// <summary>Releases the reader that waits for this item: it is stored, or kept until it can be. Idempotent.</summary>
    public virtual void Release()
    {
    }
}

/// <summary>Lines that one read of a stream brought.</summary>
internal sealed record LineBatch(int ProcessId, long? RunId, LineSource Source, long Time, StyledLine[] Lines) : WriteItem
{
    private const int WeightOfLine = 64;

    /// <summary>What was recognised of each line; empty where nothing was.</summary>
    public LineTraits[] Traits { get; init; } = [];

    /// <summary>Null for lines that never change.</summary>
    public LiveLines? Live { get; init; }

    /// <summary>Bytes that the new lines take in memory, roughly.</summary>
    public long Weight { get; } = WeightOf(Lines);

    public override int LineCount => Lines.Length + (Live?.Amended.Length ?? 0);

    /// <summary>Where it is counted until it is released; null where it is not.</summary>
    public InFlightLimit? InFlight { get; set; }

    public override void Release()
    {
        InFlight?.Remove(this);
        InFlight = null;
    }

    /// <summary>Bytes that a line takes in memory, roughly.</summary>
    public static long WeightOf(in StyledLine line) => WeightOfLine + sizeof(char) * line.Text.Length;

    private static long WeightOf(StyledLine[] lines)
    {
        var weight = 0L;
        foreach (ref readonly var line in lines.AsSpan()) weight += WeightOf(line);
        return weight;
    }
}

/// <summary>A statement on any other table, its parameters named <c>$1</c>, <c>$2</c>, …</summary>
internal sealed record RowChange(string Sql, params object?[] Parameters) : WriteItem
{
    /// <summary>For what the daemon would have to say again in a new database: what it is about. The newest change about it counts.</summary>
    public string? About { get; init; }

    /// <summary>It may wait in the write-ahead log for a checkpoint that something else causes, or that the log's length does.</summary>
    public bool CanWait { get; init; }
}

/// <summary>A request to check for damage, after a reader failed to read the database.</summary>
internal sealed record Inspection : WriteItem;

/// <summary>Gives free pages back to the disk.</summary>
internal sealed record FreedPages(int Count) : WriteItem;

/// <summary>Completed once everything before it has been stored.</summary>
internal sealed record Barrier(TaskCompletionSource Reached) : WriteItem;
