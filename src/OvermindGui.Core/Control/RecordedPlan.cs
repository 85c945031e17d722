using Microsoft.Data.Sqlite;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Control;

/// <summary>Computes a folder's plan as its daemon does: from the current files and the options that the daemon recorded.</summary>
public static class RecordedPlan
{
    /// <summary>With the options of the living daemon, or of the last one; without options if there has never been one.</summary>
    public static ProjectPlan Load(OvermindDatabase database) => Load(database.Folder, LastOptions(database));

    /// <summary>Computes a plan in this process's own environment.</summary>
    public static ProjectPlan Load(ProjectFolder folder, PlanOptions options) => ProjectPlan.Load(
        folder, options, Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    /// <summary>The options of the living daemon; empty without one.</summary>
    public static PlanOptions LivingOptions(OvermindDatabase database) =>
        DaemonLock.IsHeld(database.Folder) ? LastOptions(database) : new PlanOptions();

    /// <summary>The options of the living daemon, or of the last one; empty if there has never been one.</summary>
    public static PlanOptions LastOptions(OvermindDatabase database)
    {
        try
        {
            if (!database.IsReady()) return new PlanOptions();
            using var connection = database.OpenConnection();
            var options = connection.Query(
                "SELECT * FROM daemons ORDER BY id DESC LIMIT 1", row => PlanOptionsJson.Read(row.Newer<string>("options")));
            return options is [var last] ? last : new PlanOptions();
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            return new PlanOptions();
        }
    }
}
