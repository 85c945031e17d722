using Microsoft.Data.Sqlite;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.Containers;

/// <summary>A daemon is healthy when it is alive, has registered and can store output. The states of its processes do not matter.</summary>
internal static class DaemonHealth
{
    /// <summary>Error message; null when it is healthy.</summary>
    public static string? FindProblem(ProjectFolder folder)
    {
        try
        {
            var snapshot = new SystemReader(OvermindDatabase.In(folder)).Read();
            return !snapshot.DaemonAlive ? $"No daemon running in {folder} (no process holds {folder.PidFile})"
                : snapshot.StorageTrouble is { } trouble ? trouble
                : snapshot.DaemonPid is null || snapshot.DaemonPid != DaemonLock.ReadPid(folder) ? "The daemon is starting"
                : null;
        }
        catch (SqliteException e)
        {
            return $"{folder.Database} cannot be read: {e.Message}";
        }
    }
}
