using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.Commands;

/// <summary>The mode of the folder's current or last daemon.</summary>
internal static class RecordedMode
{
    /// <summary>Native by default: checking for a living daemon does not need a readable database.</summary>
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
