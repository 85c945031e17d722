using System.Reflection;
using Microsoft.Data.Sqlite;

namespace OvermindGui.Core.Storage;

/// <summary>
/// Gives an empty file the schema that all migrations together would give it. EF Core needs half a second and twenty megabytes for that,
/// which a daemon in a new folder would spend on nothing else. <c>./run schema</c> generates <c>Schema.sql</c> from the model.
/// </summary>
public static class NewSchema
{
    /// <summary>Makes tables, indexes and view, and records all migrations as applied.</summary>
    public static void Create(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute(transaction, Tables());
        connection.Execute(transaction, OutputLinesView.Sql);
        SchemaHistory.Create(connection, transaction);
        transaction.Commit();
    }

    /// <summary>The generated script, as it is embedded in the assembly.</summary>
    public static string Tables()
    {
        using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("Schema.sql")!);
        return text.ReadToEnd();
    }
}
