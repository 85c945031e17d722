namespace OvermindGui.Core.Storage;

/// <summary>
/// The information needed to undo clearing a process's output. The cleared lines stay in the database while this row exists. The daemon
/// deletes the row first and the lines later.
/// </summary>
public sealed class Clearing
{
    public long Id { get; init; }

    /// <summary>Shared by all processes that were cleared together, because they are restored together.</summary>
    public required long Operation { get; init; }

    public required int ProcessId { get; init; }

    /// <summary>The previous value of <see cref="KnownProcess.ClearedId"/>.</summary>
    public required long FromId { get; init; }

    /// <summary>Number of hidden lines.</summary>
    public required long LineCount { get; init; }

    /// <summary>Unix seconds.</summary>
    public required double ClearedAt { get; init; }
}
