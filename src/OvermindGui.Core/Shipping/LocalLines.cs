using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Shipping;

/// <summary>Reads the lines of a project's own database that a target does not have yet, and those that have changed since.</summary>
public sealed class LocalLines(OvermindDatabase database)
{
    /// <summary>Lines of one batch at most.</summary>
    public const int MostLines = 5_000;

    internal const string Columns = "SELECT id, process_id, run_id, time, stream, text, style, level, continues, fingerprint FROM lines";

    /// <summary>Everything comes from one moment, so that a change is either in the line that is read, or follows.</summary>
    public LineBatch Read(long cursor, long? cursorTime, long amendment)
    {
        using var connection = database.OpenConnection();
        using var moment = connection.BeginTransaction(deferred: true);
        var lastAmendment = Number(connection, "SELECT coalesce(max(id), 0) FROM amendments");
        var read = connection.Query($"{Columns} WHERE id > $1 ORDER BY id LIMIT {MostLines}", ToLine, cursor);
        var cleared = ClearedForGood(connection);
        var (lastId, lastTime) = read is [.., var last] ? (last.Id, last.Time) : (cursor, cursorTime);
        return new LineBatch(
            [.. read.Where(line => cleared.GetValueOrDefault(line.ProcessId) < line.Id)],
            lastAmendment == amendment ? [] : Amended(connection, cursor, amendment),
            lastId, lastTime, lastAmendment, Math.Max(0, LastId(connection) - lastId));
    }

    /// <summary>The newest entry of the change log.</summary>
    public long LastAmendment()
    {
        using var connection = database.OpenConnection();
        return Number(connection, "SELECT coalesce(max(id), 0) FROM amendments");
    }

    /// <summary>The newest id that was ever given to a line.</summary>
    public long LastId()
    {
        using var connection = database.OpenConnection();
        return LastId(connection);
    }

    /// <summary>The time of a line; null when there is none with the id.</summary>
    public long? TimeOf(long id)
    {
        using var connection = database.OpenConnection();
        return connection.Scalar("SELECT time FROM lines WHERE id = $1", id) as long?;
    }

    /// <summary>By process, up to which line it was cleared so that this cannot be undone any more.</summary>
    public IReadOnlyDictionary<int, long> ClearedForGood()
    {
        using var connection = database.OpenConnection();
        return ClearedForGood(connection);
    }

    /// <summary>The name of the database; null when none was given yet.</summary>
    public string? Identity()
    {
        using var connection = database.OpenConnection();
        return DatabaseIdentity.NameOf(connection);
    }

    internal static Dictionary<int, long> ClearedForGood(SqliteConnection connection) => connection.Query(
        "SELECT id, cleared_id FROM processes WHERE cleared_id > 0 AND id NOT IN (SELECT process_id FROM clearings)",
        row => (row.GetInt32(0), row.GetInt64(1))).ToDictionary();

    // The log keeps its newest entries only; where some are missing, all lines that could have changed are sent again.
    private static List<Line> Amended(SqliteConnection connection, long upTo, long amendment)
    {
        var oldest = Number(connection, "SELECT coalesce(min(id), 0) FROM amendments");
        if (oldest <= amendment + 1)
            return connection.Query($"{Columns} WHERE id IN (SELECT line_id FROM amendments WHERE id > $1) AND id <= $2", ToLine, amendment, upTo);
        return
        [
            .. connection.KnownProcesses().SelectMany(process => connection.Query(
                $"{Columns} WHERE process_id = $1 AND id <= $2 ORDER BY id DESC LIMIT {2 * LineAssembler.LiveLines}", ToLine, process.Id, upTo)),
            .. connection.Query($"{Columns} WHERE id IN (SELECT line_id FROM amendments) AND id <= $1", ToLine, upTo),
        ];
    }

    internal static long LastId(SqliteConnection connection) => Number(connection, "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'lines'");

    internal static long Number(SqliteConnection connection, string sql) => (long)connection.Scalar(sql)!;

    internal static Line ToLine(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        ProcessId = row.GetInt32(1),
        RunId = row.Nullable<long?>(2),
        Time = row.GetInt64(3),
        Stream = (LineSource)row.GetInt32(4),
        Text = row.GetString(5),
        Style = row.Nullable<string>(6),
        Level = row.GetInt32(7),
        Continues = row.GetBoolean(8),
        Fingerprint = row.Nullable<long?>(9),
    };
}
