using Microsoft.Data.Sqlite;

namespace OvermindGui.Core.Storage;

/// <summary>Runs small statements on a plain connection. SQL parameters are named <c>$1</c>, <c>$2</c>, …</summary>
public static class SqliteStatements
{
    /// <summary>The first column of the first row, or null.</summary>
    public static object? Scalar(this SqliteConnection connection, string sql, params object?[] parameters)
    {
        using var command = Command(connection, sql, parameters);
        return command.ExecuteScalar();
    }

    /// <summary>Runs a statement without result, in <paramref name="transaction"/> when one is open.</summary>
    public static void Execute(this SqliteConnection connection, SqliteTransaction? transaction, string sql, params object?[] parameters)
    {
        using var command = Command(connection, sql, parameters);
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    /// <summary>All rows, each made by <paramref name="row"/>.</summary>
    public static List<T> Query<T>(
        this SqliteConnection connection, string sql, Func<SqliteDataReader, T> row, params object?[] parameters) =>
        [.. connection.Stream(sql, row, parameters)];

    /// <summary>Streams the rows. The statement, and the database snapshot with it, stays open until the last row is read.</summary>
    public static IEnumerable<T> Stream<T>(
        this SqliteConnection connection, string sql, Func<SqliteDataReader, T> row, params object?[] parameters)
    {
        using var command = Command(connection, sql, parameters);
        using var reader = command.ExecuteReader();
        while (reader.Read()) yield return row(reader);
    }

    /// <summary>False in the file of an older daemon, for a table that a later migration adds.</summary>
    public static bool HasTable(this SqliteConnection connection, string table) =>
        connection.Scalar("SELECT 1 FROM sqlite_schema WHERE name = $1", table) is not null;

    /// <summary>False in the file of an older daemon, for a column that a later migration adds.</summary>
    public static bool HasColumn(this SqliteConnection connection, string table, string column) =>
        connection.Scalar("SELECT 1 FROM pragma_table_info($1) WHERE name = $2", table, column) is not null;

    public static T? Nullable<T>(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? default : reader.GetFieldValue<T>(column);

    /// <summary>Reads a column that is missing in a file of an older version until a daemon migrates it; null in that case.</summary>
    public static T? Newer<T>(this SqliteDataReader reader, string column)
    {
        for (var i = 0; i < reader.FieldCount; i++)
            if (reader.GetName(i) == column) return reader.Nullable<T>(i);
        return default;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, object?[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters.Length; i++) command.Parameters.AddWithValue($"${i + 1}", parameters[i] ?? DBNull.Value);
        return command;
    }
}
