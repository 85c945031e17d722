using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OvermindGui.Core.Data;

/// <summary>
/// Gives an empty file the schema that all migrations together would give it. EF Core takes half a second to be asked, and twenty megabytes
/// of a daemon that needs it for nothing else.
/// </summary>
public static class NewSchema
{
    /// <summary>Makes tables, indexes and view, and notes all migrations as applied.</summary>
    public static void Create(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute(transaction, Tables());
        connection.Execute(transaction, OutputLinesView.Sql);
        foreach (var migration in OvermindDatabase.Migrations.Order(StringComparer.Ordinal))
            connection.Execute(transaction, $"INSERT INTO {HistoryRepository.DefaultTableName} VALUES ($1, $2)", migration, EntityFrameworkVersion);
        transaction.Commit();
    }

    private static string EntityFrameworkVersion => typeof(Migration).Assembly.GetName().Version!.ToString(fieldCount: 3);

    private static string Tables()
    {
        using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("Schema.sql")!);
        return text.ReadToEnd();
    }
}
