using Microsoft.Data.Sqlite;

namespace OvermindGui.Core.Data;

/// <summary>Reads <c>processes</c> without EF Core, also in a file that an older version made and no daemon has brought up to date yet.</summary>
public static class KnownProcessReading
{
    public static List<KnownProcess> KnownProcesses(this SqliteConnection connection) =>
        connection.Query("SELECT * FROM processes ORDER BY id", row => new KnownProcess
        {
            Id = row.GetInt32(row.GetOrdinal("id")),
            Name = row.GetString(row.GetOrdinal("name")),
            LineCount = row.GetInt64(row.GetOrdinal("line_count")),
            ClearedId = Newer(row, "cleared_id") as long? ?? 0,
            Selected = Newer(row, "selected") is not 0L,
        });

    private static object? Newer(SqliteDataReader row, string column)
    {
        for (var i = 0; i < row.FieldCount; i++)
            if (row.GetName(i) == column) return row.GetValue(i);
        return null;
    }
}
