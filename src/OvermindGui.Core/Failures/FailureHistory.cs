using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Failures;

/// <summary>A recorded failure hit, for readers.</summary>
/// <param name="Run">The run that printed the line.</param>
/// <param name="Line">The line's id, if known.</param>
/// <param name="Text">The text of the line at the time of the match; truncated if it is long.</param>
/// <param name="Outcome">The result, for display.</param>
public sealed record FailureHitInfo(
    long Id, string Process, long Run, long? Line, string Pattern, string Text, DateTimeOffset Time, FailureAction Action, string Outcome)
{
    /// <summary>Where it happened, when it is one of many projects.</summary>
    public ProjectOrigin? Origin { get; init; }
}

/// <summary>Reads the recorded hits.</summary>
public sealed class FailureHistory(OvermindDatabase database)
{
    /// <summary>In place of the text of a line that was cleared.</summary>
    public const string Cleared = "(cleared)";

    /// <summary>The newest hits of a process, or of all, newest first; empty while there is no database.</summary>
    public IReadOnlyList<FailureHitInfo> Newest(string? process, int limit)
    {
        if (!database.IsReady()) return [];
        using var connection = database.OpenConnection();
        // An older version wrote the file, and no daemon has migrated it yet.
        if (connection.Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'failure_hits'") is 0L) return [];
        return connection.Query(
            """
            SELECT h.id, p.name, h.run_id, h.line_id, h.pattern, CASE WHEN h.line_id <= p.cleared_id THEN $3 ELSE h.text END, h.time, h.action, h.outcome
            FROM failure_hits h JOIN processes p ON p.id = h.process_id WHERE $1 IS NULL OR p.name = $1 ORDER BY h.id DESC LIMIT $2
            """,
            row => new FailureHitInfo(
                row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.Nullable<long?>(3), row.GetString(4), row.GetString(5),
                UnixTime.FromSeconds(row.GetDouble(6)), FailureActions.Parse(row.GetString(7)) ?? FailureAction.Restart, row.GetString(8)),
            process, limit, Cleared);
    }
}
