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
        var workshop = Workshop(folder);
        var database = OvermindDatabase.In(workshop);
        DatabaseOpener.Prepare(database);
        using (var connection = database.OpenConnection())
        {
            DatabaseIdentity.Ensure(connection, null, workshop.Database); // a file keeps its identity under another name
            fill(connection);
            connection.Execute(null, "PRAGMA wal_checkpoint(TRUNCATE)");
        }

        SqliteConnection.ClearAllPools();
        PutInPlace(workshop.Database, folder.Database);
        Directory.Delete(workshop.Data, recursive: true);
    }

    /// <summary>Makes a copy of the database and of as much of its log as is whole, and puts it in its place. False when the copy is damaged.</summary>
    /// <param name="fill">Brings the copy up to date.</param>
    /// <param name="setAside">Takes the database's name from what is there.</param>
    public static bool TryRepair(ProjectFolder folder, Action<SqliteConnection> fill, Action setAside)
    {
        if (!File.Exists(folder.Database)) return false;
        var workshop = Workshop(folder);
        File.Copy(folder.Database, workshop.Database);
        if (File.Exists(folder.Database + "-wal")) File.Copy(folder.Database + "-wal", workshop.Database + "-wal");
        try
        {
            // Without an index of its log SQLite reads that first, up to the last transaction whose checksums are right.
            using var connection = OvermindDatabase.In(workshop).OpenConnection();
            if (connection.Query("PRAGMA quick_check(1)", row => row.GetString(0)) is not ["ok"]) return false;
            // The tables themselves may have been in the log that is lost.
            if (connection.Scalar("SELECT 1 FROM sqlite_schema WHERE name = 'daemons'") is null) return false;
            DatabaseIdentity.Keep(connection, workshop.Database);
            fill(connection);
            connection.Execute(null, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException e) when (SqliteErrors.IsDamaged(e))
        {
            return false;
        }

        SqliteConnection.ClearAllPools();
        setAside();
        PutInPlace(workshop.Database, folder.Database);
        Directory.Delete(workshop.Data, recursive: true);
        return true;
    }

    private static ProjectFolder Workshop(ProjectFolder folder)
    {
        var workshop = new ProjectFolder(folder.Root, folder.Database + ".new");
        if (Directory.Exists(workshop.Data)) Directory.Delete(workshop.Data, recursive: true); // of an attempt that failed
        Directory.CreateDirectory(workshop.Data);
        return workshop;
    }

    /// <param name="path">A database that no process has open.</param>
    public static void PutInPlace(string path, string place)
    {
        // A process that has just opened the old file creates its log and index by name, even after the file was replaced.
        foreach (var suffix in QuarantinedFile.LogSuffixes) File.Delete(place + suffix);
        File.Move(path, place);
    }
}
