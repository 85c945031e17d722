using Microsoft.Data.Sqlite;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// A database that is made elsewhere and then gets its name, while others may look for one: they find all of it or nothing, and never
/// take the log of another file for its own.
/// </summary>
internal static class AtomicDatabaseFile
{
    /// <summary>Makes a new one of the current schema and puts it in its place, where no file is.</summary>
    /// <param name="fill">Writes the first rows.</param>
    public static void Make(ProjectFolder folder, Action<SqliteConnection> fill)
    {
        var workshop = new ProjectFolder(folder.Root, folder.Database + ".new");
        if (Directory.Exists(workshop.Data)) Directory.Delete(workshop.Data, recursive: true); // of an attempt that failed
        Directory.CreateDirectory(workshop.Data);
        var database = OvermindDatabase.In(workshop);
        DatabaseOpener.Prepare(database);
        using (var connection = database.OpenConnection()) fill(connection);
        SqliteConnection.ClearAllPools(); // the last to close it brings its log into the file
        PutInPlace(workshop.Database, folder.Database);
        Directory.Delete(workshop.Data, recursive: true);
    }

    /// <param name="path">Of a database that nobody has open.</param>
    public static void PutInPlace(string path, string place)
    {
        // Whoever had just opened the file that was there makes log and index by its name even after it lost it.
        foreach (var suffix in QuarantinedFile.LogSuffixes) File.Delete(place + suffix);
        File.Move(path, place);
    }
}
