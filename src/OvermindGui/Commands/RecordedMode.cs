using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.Commands;

/// <summary>In which mode the folder's daemon runs, or the last one ran.</summary>
internal static class RecordedMode
{
    /// <summary>Native where nothing says otherwise: whether a daemon lives can be told without a readable database.</summary>
    public static DaemonMode Of(ProjectFolder folder)
    {
        var database = OvermindDatabase.In(folder);
        try
        {
            if (!database.IsReady()) return DaemonMode.Native;
            using var connection = database.OpenConnection();
            return DaemonModes.Parse(connection.Scalar("SELECT mode FROM daemons ORDER BY id DESC LIMIT 1") as string) ?? DaemonMode.Native;
        }
        catch (SqliteException)
        {
            return DaemonMode.Native;
        }
    }
}
