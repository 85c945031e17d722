using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>
/// Clears the output of one process or of all: readers skip the existing lines from then on. The daemon (or the next one, if none lives)
/// deletes them after the time for undoing is over.
/// </summary>
public sealed class OutputClearing(OvermindDatabase database, TimeProvider time)
{
    /// <summary>How long a clearing can be undone.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromSeconds(30);

    private const string Cleared =
        "($1 IS NULL OR name = $1) AND EXISTS (SELECT 1 FROM lines l WHERE l.process_id = processes.id AND l.id > processes.cleared_id)";

    /// <param name="process">A process name, or null for all.</param>
    public ClearOutcome Clear(string? process)
    {
        var now = time.GetUtcNow();
        using var connection = database.OpenConnection();
        using var transaction = connection.BeginTransaction(); // takes the write lock, so no line is added in between
        var last = OutputHistory.LastId(connection);
        connection.Execute(
            transaction,
            $"""
            INSERT INTO clearings(operation, process_id, from_id, line_count, cleared_at)
            SELECT (SELECT coalesce(max(operation), 0) + 1 FROM clearings), id, cleared_id, line_count, $2 FROM processes WHERE {Cleared}
            """,
            process, now.ToUnixTimeMilliseconds() / 1000.0);
        var any = connection.Scalar("SELECT changes()") is > 0L;
        connection.Execute(transaction, $"UPDATE processes SET cleared_id = $2, line_count = 0 WHERE {Cleared}", process, last);
        transaction.Commit();
        return new ClearOutcome(last, any ? now + UndoTime : null);
    }

    /// <summary>
    /// Undoes the last clearing. Returns the names of the processes, or null when there is none that can still be undone.
    /// </summary>
    public IReadOnlyList<string>? Undo()
    {
        using var connection = database.OpenConnection();
        using var transaction = connection.BeginTransaction();
        var since = (time.GetUtcNow() - UndoTime).ToUnixTimeMilliseconds() / 1000.0;
        if (connection.Scalar("SELECT max(operation) FROM clearings WHERE cleared_at >= $1", since) is not long operation) return null;
        var names = connection.Query(
            """
            UPDATE processes SET cleared_id = c.from_id, line_count = processes.line_count + c.line_count
            FROM clearings c WHERE c.process_id = processes.id AND c.operation = $1 RETURNING name
            """,
            row => row.GetString(0), operation);
        connection.Execute(transaction, "DELETE FROM clearings WHERE operation = $1", operation);
        transaction.Commit();
        return names;
    }
}

/// <summary>The result of a clearing.</summary>
/// <param name="LastId">The newest line that may be cleared; later lines have higher ids.</param>
/// <param name="UndoUntil">Time until which it can be undone; null when there was nothing to clear.</param>
public sealed record ClearOutcome(long LastId, DateTimeOffset? UndoUntil);
