using System.Reflection;
using Microsoft.Data.Sqlite;

namespace OvermindGui.Core.Storage;

/// <summary>
/// Creates the schema in an empty file, equal to the result of all migrations. EF Core needs half a second and twenty megabytes for this,
/// and a daemon in a new folder uses it for nothing else. <c>./run schema</c> generates <c>Schema.sql</c> from the model.
/// </summary>
public static class NewSchema
{
    /// <summary>Creates tables, indexes and view, and records all migrations as applied.</summary>
    public static void Create(SqliteConnection connection)
    {
        connection.Execute(null, "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL;"); // both must be said before the first table exists
        using var transaction = connection.BeginTransaction();
        connection.Execute(transaction, Tables());
        connection.Execute(transaction, OutputLinesView.Sql);
        SchemaHistory.Create(connection, transaction);
        transaction.Commit();
    }

    /// <summary>The generated script, an embedded resource.</summary>
    public static string Tables()
    {
        using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("Schema.sql")!);
        return text.ReadToEnd();
    }
}
