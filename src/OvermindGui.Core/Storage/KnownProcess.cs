namespace OvermindGui.Core.Storage;

/// <summary>
/// A process that has produced output or a run in this folder. The row stays, like the process's history, after its Procfile entry is
/// removed.
/// </summary>
public sealed class KnownProcess
{
    public int Id { get; init; }

    public required string Name { get; init; }

    /// <summary>
    /// Number of stored lines that were not cleared, maintained by the writer: counting ten million rows for every page would take seconds.
    /// </summary>
    public long LineCount { get; set; }

    /// <summary>Lines up to this id are cleared: readers skip them and the daemon deletes them.</summary>
    public long ClearedId { get; set; }

    /// <summary>Whether a new browser shows its output by default.</summary>
    public bool Selected { get; set; } = true;
}
