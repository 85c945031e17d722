namespace OvermindGui.Core.Storage;

/// <summary>
/// What it takes to undo the clearing of a process's output: while the row is here, the lines it hides are. The daemon removes the row
/// first and the lines behind it later.
/// </summary>
public sealed class Clearing
{
    public long Id { get; init; }

    /// <summary>The same for all processes that were cleared at once: they are undone at once.</summary>
    public required long Operation { get; init; }

    public required int ProcessId { get; init; }

    /// <summary><see cref="KnownProcess.ClearedId"/> as it was before.</summary>
    public required long FromId { get; init; }

    /// <summary>How many lines it hides.</summary>
    public required long LineCount { get; init; }

    /// <summary>Unix seconds.</summary>
    public required double ClearedAt { get; init; }
}
