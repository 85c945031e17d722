using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.Daemon.Persistence;

/// <summary>What <see cref="DatabaseOpener.Prepare"/> found.</summary>
internal enum PreparedDatabase
{
    /// <summary>The file has the current schema.</summary>
    Ready,

    /// <summary>The file has tables of another program.</summary>
    Foreign,

    /// <summary>The file is ours, but too old to upgrade.</summary>
    Unsupported,
}

/// <summary>Brings <c>overmind.db</c> to the current schema. What is no database of ours is set aside, never deleted.</summary>
internal sealed class DatabaseOpener(ProjectFolder folder, TimeProvider time)
{
    /// <returns>The database, and a warning for the user, or null when all was well.</returns>
    /// <exception cref="StartupException">A newer version has written it.</exception>
    public (OvermindDatabase Database, string? Warning) Open()
    {
        var database = OvermindDatabase.In(folder);
        try
        {
            return (database, Prepare(database) switch
            {
                PreparedDatabase.Ready => null,
                PreparedDatabase.Unsupported => StartAnew("older", "was written by a pre-release version that this one cannot upgrade"),
                _ => StartAnew("foreign", "was made by another program"),
            });
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SqliteErrors.NotADatabase or SqliteErrors.Corrupt)
        {
            return (database, StartAnew());
        }
    }

    /// <summary>Sets a damaged file aside; returns a warning for the user.</summary>
    public string StartAnew() => StartAnew("corrupt", "is damaged");

    /// <summary>Creates or upgrades the schema.</summary>
    /// <exception cref="StartupException">A newer version wrote the file.</exception>
    public static PreparedDatabase Prepare(OvermindDatabase database)
    {
        PrivateFile.CreateMissing(database.Folder.Database); // output may hold secrets; the write-ahead log takes the same mode
        using (var connection = database.OpenConnection())
        {
            var tables = connection.Query("SELECT name FROM sqlite_schema WHERE type = 'table'", row => row.GetString(0));
            if (tables.Count == 0)
            {
                NewSchema.Create(connection);
                return PreparedDatabase.Ready;
            }

            if (!tables.Contains(HistoryRepository.DefaultTableName)) return PreparedDatabase.Foreign;
            if (database.VersionWarning(connection, daemonAlive: false) is { } newer) throw new StartupException(newer);
            if (SchemaHistory.AgeOf(connection) == SchemaAge.Unsupported) return PreparedDatabase.Unsupported;
            SchemaHistory.ReplaceSquashed(connection);
            if (SchemaHistory.AgeOf(connection) == SchemaAge.Current) return PreparedDatabase.Ready;
        }

        using var context = database.CreateDbContext();
        context.Database.Migrate();
        return PreparedDatabase.Ready;
    }

    private string StartAnew(string kind, string reason)
    {
        SqliteConnection.ClearAllPools();
        var aside = QuarantinedFile.Move(folder, kind, withLog: true, time);
        AtomicDatabaseFile.Make(folder, _ => { });
        return $"{ProjectFolder.DatabaseFileName} {reason}; it was set aside as {aside} and a new one begun";
    }
}
