using System.Globalization;
using OvermindGui.Core.Project;

namespace OvermindGui.Daemon.Persistence;

/// <summary>Gives a file that took the database's name another one: it is set aside, never deleted.</summary>
internal static class QuarantinedFile
{
    /// <summary>The write-ahead log and its index, which belong to the file of their name.</summary>
    public static string[] LogSuffixes { get; } = ["-wal", "-shm"];

    /// <param name="kind">The problem, as a part of the new file name.</param>
    /// <param name="withLog">Its log and index go along.</param>
    /// <returns>The new name, without the folder.</returns>
    public static string Move(ProjectFolder folder, string kind, bool withLog, TimeProvider time)
    {
        var stamp = time.GetLocalNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var aside = $"{folder.Database}.{kind}-{stamp}";
        foreach (var suffix in (string[])["", .. withLog ? LogSuffixes : []])
            if (File.Exists(folder.Database + suffix)) File.Move(folder.Database + suffix, aside + suffix);
        return Path.GetFileName(aside);
    }
}
