namespace OvermindGui.Core.Storage;

/// <summary>A name that ever had output or a run here. It outlives its Procfile entry, as its history does.</summary>
public sealed class KnownProcess
{
    public int Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Stored lines that were not cleared, kept by the writer: counting ten million rows on every page would take seconds.</summary>
    public long LineCount { get; set; }

    /// <summary>Lines up to this one were cleared: no reader sees them, and the daemon deletes them.</summary>
    public long ClearedId { get; set; }

    /// <summary>Whether a browser that comes for the first time shows its output.</summary>
    public bool Selected { get; set; } = true;
}
