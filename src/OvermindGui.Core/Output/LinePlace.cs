using Microsoft.Data.Sqlite;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>Finds the place of a moment among the lines.</summary>
internal static class LinePlace
{
    /// <summary>The highest id up to the given one whose line was read before a time, 0 when there is none.</summary>
    /// <remarks>Binary search: ids increase with time unless the clock is set back.</remarks>
    public static long LastIdBefore(SqliteConnection connection, long time, long upTo)
    {
        var (before, notBefore) = (0L, upTo + 1);
        while (notBefore - before > 1)
        {
            var middle = before + (notBefore - before) / 2;
            var found = connection.Query(
                "SELECT id, time FROM lines WHERE id >= $1 AND id < $2 ORDER BY id LIMIT 1",
                row => (Id: row.GetInt64(0), Time: row.GetInt64(1)), middle, notBefore);
            if (found is [var line] && line.Time < time) before = line.Id;
            else notBefore = middle;
        }

        return before;
    }
}
