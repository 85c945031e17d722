using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using OvermindGui.Core.Data;
using OvermindGui.Core.Projects;
using OvermindGui.Daemon.Hosting;

namespace OvermindGui.Daemon.Storage;

/// <summary>Brings <c>overmind.db</c> to the current schema. What is no database of ours is set aside, never deleted.</summary>
internal sealed class DatabaseOpener(ProjectFolder folder, TimeProvider time)
{
    /// <returns>The database, and what a person must know about it, or null when all was well.</returns>
    /// <exception cref="StartupException">A newer version has written it.</exception>
    public (OvermindDatabase Database, string? Warning) Open()
    {
        var database = OvermindDatabase.In(folder);
        try
        {
            return (database, Prepare(database) ? null : StartAnew("foreign", "was made by another program"));
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SqliteErrors.NotADatabase or SqliteErrors.Corrupt)
        {
            return (database, StartAnew());
        }
    }

    /// <summary>Sets a file aside that turned out to be damaged; returns what a person must know about it.</summary>
    public string StartAnew() => StartAnew("corrupt", "is damaged");

    /// <summary>False when the file holds tables that are not ours.</summary>
    public static bool Prepare(OvermindDatabase database)
    {
        PrivateFile.CreateMissing(database.Folder.Database); // output may hold secrets; the write-ahead log takes the same mode
        using (var connection = database.OpenConnection())
        {
            var tables = connection.Query("SELECT name FROM sqlite_schema WHERE type = 'table'", row => row.GetString(0));
            if (tables.Count == 0)
            {
                // Both must be said before the first table exists.
                connection.Execute(null, "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL;");
                NewSchema.Create(connection);
                return true;
            }

            if (!tables.Contains(HistoryRepository.DefaultTableName)) return false;
            if (IsCurrent(connection, database)) return true;
        }

        using var context = database.CreateDbContext();
        context.Database.Migrate();
        return true;
    }

    // Asks without EF Core, whose model costs a start half a second.
    private static bool IsCurrent(SqliteConnection connection, OvermindDatabase database)
    {
        var applied = connection.Query("SELECT MigrationId FROM __EFMigrationsHistory", row => row.GetString(0)).ToHashSet();
        if (database.NewerWords(connection) is { } newer) throw new StartupException(newer);
        return applied.SetEquals(OvermindDatabase.Migrations);
    }

    private string StartAnew(string kind, string reason)
    {
        SqliteConnection.ClearAllPools();
        var aside = FileAside.Move(folder, kind, withLog: true, time);
        FinishedDatabase.Make(folder, _ => { });
        return $"{ProjectFolder.DatabaseFileName} {reason}; it was set aside as {aside} and a new one begun";
    }
}
