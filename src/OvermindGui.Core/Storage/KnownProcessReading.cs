using Microsoft.Data.Sqlite;

namespace OvermindGui.Core.Storage;

/// <summary>Reads <c>processes</c> without EF Core. Also supports a file of an older version that no daemon has migrated yet.</summary>
public static class KnownProcessReading
{
    public static List<KnownProcess> KnownProcesses(this SqliteConnection connection) =>
        connection.Query("SELECT * FROM processes ORDER BY id", row => new KnownProcess
        {
            Id = row.GetInt32(row.GetOrdinal("id")),
            Name = row.GetString(row.GetOrdinal("name")),
            LineCount = row.GetInt64(row.GetOrdinal("line_count")),
            ClearedId = row.Newer<long?>("cleared_id") ?? 0,
            Selected = row.Newer<long?>("selected") is not 0L,
        });
}
