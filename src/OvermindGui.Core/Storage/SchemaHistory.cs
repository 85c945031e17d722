using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OvermindGui.Core.Storage;

/// <summary>How a file's migration history relates to this version's.</summary>
public enum SchemaAge
{
    /// <summary>All migrations of this version are applied.</summary>
    Current,

    /// <summary>Migrations of this version are missing; EF Core can apply them.</summary>
    Older,

    /// <summary>A pre-release version wrote the file, before the migrations were squashed, and left its schema incomplete.</summary>
    Unsupported,

    /// <summary>The file has migrations that this version does not know.</summary>
    Newer,
}

/// <summary>
/// Reads and rewrites <c>__EFMigrationsHistory</c> with plain SQL: building EF Core's model costs a starting daemon half a second.
/// The seven migrations of the pre-release versions were squashed into <c>Initial</c>; a file that has all seven has the same schema.
/// </summary>
public static class SchemaHistory
{
    /// <summary>Ids of all migrations of this version, read from the assembly without building EF Core's model.</summary>
    public static IReadOnlySet<string> Migrations { get; } = typeof(OvermindDatabase).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(OvermindDatabase).Namespace + ".Migrations")
        .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
        .OfType<string>()
        .ToHashSet();

    /// <summary>The migrations that <c>Initial</c> replaced, oldest first.</summary>
    internal static IReadOnlyList<string> Squashed { get; } =
    [
        "20261123032354_Initial", "20261123061825_Amendments", "20261123073754_Selection", "20261123074833_FailureHits",
        "20261123075031_Clearing", "20261123100819_Planning", "20261123111547_TypedInput",
    ];

    private static string Initial => Migrations.Min(StringComparer.Ordinal)!;

    /// <summary>Compares the file's history with this version's migrations.</summary>
    /// <exception cref="SqliteException">The file has no migration history, or cannot be read.</exception>
    public static SchemaAge AgeOf(SqliteConnection connection)
    {
        var applied = connection.Query("SELECT MigrationId FROM __EFMigrationsHistory", row => row.GetString(0)).ToHashSet();
        if (applied.SetEquals(Migrations)) return SchemaAge.Current;
        if (applied.SetEquals(Squashed) || applied.IsSubsetOf(Migrations)) return SchemaAge.Older;
        return applied.IsSubsetOf(Squashed) ? SchemaAge.Unsupported : SchemaAge.Newer;
    }

    /// <summary>Replaces the squashed migrations in the file's history by <c>Initial</c>; does nothing to any other history.</summary>
    public static void ReplaceSquashed(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        if (connection.Scalar("SELECT 1 FROM __EFMigrationsHistory WHERE MigrationId = $1", Squashed[^1]) is not null)
        {
            connection.Execute(transaction, "DELETE FROM __EFMigrationsHistory");
            Add(connection, transaction, Initial);
        }

        transaction.Commit();
    }

    /// <summary>Creates the history in an empty file and records all migrations as applied.</summary>
    internal static void Create(SqliteConnection connection, SqliteTransaction transaction)
    {
        connection.Execute(transaction, """
            CREATE TABLE "__EFMigrationsHistory" (
                "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
                "ProductVersion" TEXT NOT NULL
            );
            """);
        foreach (var migration in Migrations.Order(StringComparer.Ordinal)) Add(connection, transaction, migration);
    }

    private static void Add(SqliteConnection connection, SqliteTransaction transaction, string migration) => connection.Execute(
        transaction, "INSERT INTO __EFMigrationsHistory VALUES ($1, $2)", migration, typeof(Migration).Assembly.GetName().Version!.ToString(fieldCount: 3));
}
