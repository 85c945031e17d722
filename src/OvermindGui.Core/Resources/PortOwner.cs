using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Resources;

/// <summary>The program that listens on a port, and the project that it belongs to if a daemon of ours has started it.</summary>
/// <param name="Process">Its name in the project; null for other programs.</param>
/// <param name="Project">The folder of the project; null for other programs, and when it cannot be found.</param>
public sealed record PortOwner(PortHolder Holder, string? Process, string? Project)
{
    /// <summary>Null when nothing listens there, or the program belongs to another user.</summary>
    public static PortOwner? Of(int port)
    {
        if (PortHolders.Of(new ListeningPort(port, false)) is not { } holder) return null;
        if (ProcessTag.Of(holder.Pid) is not { } tag || FolderOf(holder.Pid, tag) is not { } folder) return new PortOwner(holder, null, null);
        return new PortOwner(holder, NameOf(folder, tag), folder.Root);
    }

    // A process runs in its project's folder, or somewhere below it. The tag shows whether a folder is the one.
    private static ProjectFolder? FolderOf(int pid, ProcessTag tag)
    {
        try
        {
            if (new FileInfo($"/proc/{pid}/cwd").LinkTarget is not { } here || !Path.IsPathRooted(here)) return null;
            for (var at = new DirectoryInfo(here); at is not null; at = at.Parent)
            {
                var folder = new ProjectFolder(at.FullName);
                if (File.Exists(folder.Database) && ProcessTag.NumberOf(folder) == tag.Folder) return folder;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // ended, or in a folder that may not be entered
        }

        return null;
    }

    private static string? NameOf(ProjectFolder folder, ProcessTag tag)
    {
        try
        {
            var database = OvermindDatabase.In(folder);
            if (OwnFiles.FindProblem(folder) is not null || !database.IsReady()) return null;
            using var connection = database.OpenConnection();
            return connection.Scalar(
                "SELECT p.name FROM runs r JOIN processes p ON p.id = r.process_id WHERE r.id & $2 = $1 ORDER BY r.id DESC LIMIT 1", tag.RunId, ProcessTag.RunMask) as string;
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            return null;
        }
    }
}
