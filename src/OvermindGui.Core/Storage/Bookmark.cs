namespace OvermindGui.Core.Storage;

/// <summary>A starred line. It and its neighbours are kept when older output is pruned, as long as the database does not exceed its size.</summary>
public sealed class Bookmark
{
    public long Id { get; init; }

    public required long LineId { get; init; }

    public required int ProcessId { get; init; }

    /// <summary>Time of the line, Unix milliseconds.</summary>
    public required long Time { get; init; }

    /// <summary>What the user wrote about it; empty for nothing.</summary>
    public required string Note { get; set; }

    /// <summary>Unix seconds.</summary>
    public required double CreatedAt { get; init; }
}
