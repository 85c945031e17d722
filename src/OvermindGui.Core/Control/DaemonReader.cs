using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Control;

/// <summary>Reads the record of the folder's current daemon, or of its last one.</summary>
public static class DaemonReader
{
    /// <summary>Null when there has never been one.</summary>
    public static DaemonRecord? ReadLast(OvermindDatabase database)
    {
        if (!database.IsReady()) return null;
        using var connection = database.OpenConnection();
        var rows = connection.Query(
            "SELECT id, pid, mode, version, working_directory, started_at, ended_at FROM daemons ORDER BY id DESC LIMIT 1",
            row => new DaemonRecord
            {
                Id = row.GetInt64(0),
                Pid = row.GetInt32(1),
                Mode = row.GetString(2),
                Version = row.GetString(3),
                WorkingDirectory = row.GetString(4),
                StartedAt = row.GetDouble(5),
                EndedAt = row.Nullable<double?>(6),
            });
        return rows is [var daemon] ? daemon : null;
    }

    /// <summary>As <see cref="ReadLast"/>, but null when no daemon lives.</summary>
    public static DaemonRecord? ReadLiving(OvermindDatabase database) =>
        DaemonLock.IsHeld(database.Folder) && ReadLast(database) is { EndedAt: null } daemon ? daemon : null;
}
