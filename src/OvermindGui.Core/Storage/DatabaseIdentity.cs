using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Storage;

/// <summary>
/// The short name of a database, which cursors and links to lines carry: ids of another database mean other lines. It belongs to the file
/// (inode and time of birth), so that a folder that is moved keeps it, and a copy gets one of its own at its next daemon's start.
/// </summary>
public sealed class DatabaseIdentity
{
    private const string Table = "database_identity";
    private const string Letters = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int NameLength = 5;

    /// <summary>There is one row.</summary>
    public long Id { get; init; }

    /// <summary>Five letters and digits.</summary>
    public required string Name { get; init; }

    /// <summary>The file that has the name: <c>inode:birth</c>.</summary>
    public required string File { get; init; }

    /// <summary>The name; null where none was given yet, because no daemon of this version has opened the file.</summary>
    public static string? NameOf(SqliteConnection connection) =>
        connection.Scalar("SELECT 1 FROM sqlite_schema WHERE name = $1", Table) is null ? null : (string?)connection.Scalar($"SELECT name FROM {Table}");

    /// <summary>Gives the file a name unless it has one of its own.</summary>
    /// <param name="path">The file of the connection.</param>
    public static void Ensure(SqliteConnection connection, SqliteTransaction? transaction, string path)
    {
        if (connection.Query($"SELECT file FROM {Table}", row => row.GetString(0)) is [var known] && known == TextOf(path)) return;
        connection.Execute(
            transaction, $"INSERT OR REPLACE INTO {Table}(id, name, file) VALUES (1, $1, $2)", RandomNumberGenerator.GetString(Letters, NameLength), TextOf(path));
    }

    /// <summary>The same database in another file: a repaired or restored one keeps its name.</summary>
    public static void Keep(SqliteConnection connection, string path) => connection.Execute(null, $"UPDATE {Table} SET file = $1", TextOf(path));

    private static string TextOf(string path) =>
        FileIdentity.Of(path) is { } file ? string.Create(CultureInfo.InvariantCulture, $"{file.Inode}:{file.Birth}") : "";
}
