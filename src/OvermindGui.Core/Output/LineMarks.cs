using Microsoft.Data.Sqlite;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>What marks lines beside their own text.</summary>
/// <param name="Failures">Ids of lines that matched a failure declaration, in order.</param>
/// <param name="Stars">Starred lines, in order.</param>
/// <param name="Alerts">Alerts that fired while the lines were printed, oldest first.</param>
public sealed record LineMarks(IReadOnlyList<long> Failures, IReadOnlyList<StarMark> Stars, IReadOnlyList<AlertMark> Alerts)
{
    /// <summary>No marks.</summary>
    public static LineMarks None { get; } = new([], [], []);

    /// <inheritdoc/>
    public bool Equals(LineMarks? other) =>
        other is not null && Failures.SequenceEqual(other.Failures) && Stars.SequenceEqual(other.Stars) && Alerts.SequenceEqual(other.Alerts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Failures.Count, Stars.Count, Alerts.Count);
}

/// <summary>A starred line.</summary>
public sealed record StarMark(long Line, string Note);

/// <summary>An alert that fired.</summary>
/// <param name="Time">Unix milliseconds.</param>
public sealed record AlertMark(long Time, string Rule, string Message);

/// <summary>Reads the marks of a range of lines from the rows of failure hits, stars and alerts; never the lines between.</summary>
public sealed class LineMarkHistory(OvermindDatabase database)
{
    /// <summary>The most of a kind; the newest ones where there are more.</summary>
    public const int Most = 500;

    // A hit is recorded a moment before its line is stored.
    private const double Slack = 60;

    /// <summary>The marks of the lines from one id to another.</summary>
    /// <param name="processes">Alerts of other processes are left out.</param>
    public LineMarks Between(long first, long last, ProcessFilter processes)
    {
        if (first > last || !database.IsReady()) return LineMarks.None;
        using var connection = database.OpenConnection();
        if (TimeOf(connection, "id >= $1 ORDER BY id", first) is not { } from || TimeOf(connection, "id <= $1 ORDER BY id DESC", last) is not { } until) return LineMarks.None;
        return new LineMarks(Failures(connection, first, last, from), Stars(connection, first, last), Alerts(connection, from, until, processes));
    }

    private static List<long> Failures(SqliteConnection connection, long first, long last, double from) => !connection.HasTable("failure_hits") ? [] : InOrder(connection.Query(
        "SELECT line_id FROM failure_hits WHERE time >= $1 AND line_id >= $2 AND line_id <= $3 ORDER BY time DESC LIMIT $4", row => row.GetInt64(0),
        from - Slack, first, last, Most), id => id);

    private static List<StarMark> Stars(SqliteConnection connection, long first, long last) => !connection.HasTable("bookmarks") ? [] : InOrder(connection.Query(
        "SELECT line_id, note FROM bookmarks WHERE line_id >= $1 AND line_id <= $2 ORDER BY line_id DESC LIMIT $3", row => new StarMark(row.GetInt64(0), row.GetString(1)),
        first, last, Most), star => star.Line);

    private static List<AlertMark> Alerts(SqliteConnection connection, double from, double until, ProcessFilter processes) => !connection.HasTable("alert_hits") ? [] : InOrder(connection.Query(
        """
        SELECT h.time, h.rule, h.message, p.name FROM alert_hits h LEFT JOIN processes p ON p.id = h.process_id
        WHERE h.id > (SELECT max(id) FROM alert_hits) - $3 AND h.time >= $1 AND h.time <= $2
        """,
        row => (Process: row.Nullable<string>(3), Mark: new AlertMark((long)Math.Round(row.GetDouble(0) * 1000), row.GetString(1), row.GetString(2))), from, until, Most)
        .Where(alert => alert.Process is null || processes.Shows(alert.Process)).Select(alert => alert.Mark), mark => mark.Time);

    private static List<T> InOrder<T>(IEnumerable<T> marks, Func<T, long> key) => [.. marks.OrderBy(key)];

    // In seconds, as hits and alerts have them.
    private static double? TimeOf(SqliteConnection connection, string which, long id) =>
        connection.Scalar($"SELECT time FROM lines WHERE {which} LIMIT 1", id) is long time ? time / 1000.0 : null;
}
