namespace OvermindGui.Web.Components.Log;

/// <summary>A piece of the log. A class, not a record: the page compares references, not text.</summary>
internal abstract class LogEntry(long firstId, long lastId)
{
    public long FirstId { get; protected set; } = firstId;

    public long LastId { get; protected set; } = lastId;
}

/// <summary>Lines of a flood that were left out. They are in the database.</summary>
internal sealed class LogGap(long firstId, long lastId) : LogEntry(firstId, lastId)
{
    public long LineCount => LastId - FirstId + 1;
}
