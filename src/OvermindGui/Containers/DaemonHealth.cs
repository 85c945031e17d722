using Microsoft.Data.Sqlite;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.Containers;

/// <summary>A daemon is well when it lives, has registered and can store what is printed. How its processes are is another question.</summary>
internal static class DaemonHealth
{
    /// <summary>What is wrong, in words; null when nothing is.</summary>
    public static string? FindProblem(ProjectFolder folder)
    {
        try
        {
            var snapshot = new SystemReader(OvermindDatabase.In(folder)).Read();
            return !snapshot.DaemonAlive ? $"No daemon running in {folder} (nobody holds {folder.PidFile})"
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
