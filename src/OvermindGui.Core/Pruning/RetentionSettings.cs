using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Pruning;

/// <summary>
/// The limits that apply to a project's output. What is set while it runs is a row of the database, which the daemon reads every few seconds: it
/// holds until it is set back, and wins over options, variables and the settings file.
/// </summary>
public sealed class RetentionSettings(OvermindDatabase database, TimeProvider time)
{
    private static readonly Retention Least = new(LimitText.LeastLines, TimeSpan.FromDays(1), LimitText.LeastSize);

    /// <summary>All limits, each with its source.</summary>
    public RetentionLimits Read()
    {
        using var connection = database.OpenConnection();
        return Read(connection);
    }

    /// <inheritdoc cref="Read()"/>
    public static RetentionLimits Read(SqliteConnection connection) => ReadChanged(connection).Over(ReadConfigured(connection));

    /// <summary>What was set while the project runs.</summary>
    public static RetentionLimits ReadChanged(SqliteConnection connection) => !connection.HasTable("retention")
        ? new RetentionLimits()
        : connection.Query(
            "SELECT keep_lines, keep_days, keep_size, keep_crashes FROM retention",
            row => new RetentionLimits
            {
                Lines = Changed(row.Nullable<long?>(0), Least.Lines),
                Age = Changed(Days(row.Nullable<int?>(1)), Least.Age),
                Size = Changed(row.Nullable<long?>(2), Least.Size),
                Crashes = Changed(Days(row.Nullable<int?>(3)), TimeSpan.Zero),
            }) is [var limits] ? limits : new RetentionLimits();

    /// <summary>The limits of the newest daemon's options, of the settings file, and the defaults.</summary>
    public static RetentionLimits ReadConfigured(SqliteConnection connection) => RetentionLimits.Parse(
        connection.HasTable("retention") ? connection.Scalar("SELECT configured FROM retention") as string : null).Over(RetentionLimits.Default);

    /// <summary>
    /// Sets limits in place of those that were set before; one that is missing is set back to what is configured. False while an older daemon runs, which
    /// would not keep them.
    /// </summary>
    public bool Change(RetentionLimits limits)
    {
        using var connection = database.OpenConnection();
        if (!connection.HasTable("retention")) return false;
        connection.Execute(
            null,
            """
            INSERT INTO retention(id, keep_lines, keep_days, keep_size, keep_crashes, changed_at) VALUES (1, $1, $2, $3, $4, $5)
            ON CONFLICT DO UPDATE SET keep_lines = $1, keep_days = $2, keep_size = $3, keep_crashes = $4, changed_at = $5
            """,
            limits.Lines?.Value, (int?)limits.Age?.Value.TotalDays, limits.Size?.Value, (int?)limits.Crashes?.Value.TotalDays, time.Seconds());
        return true;
    }

    private static TimeSpan? Days(int? days) => days is { } number ? TimeSpan.FromDays(number) : null;

    // A row that another program wrote must not delete everything.
    private static Limit<T>? Changed<T>(T? value, T least) where T : struct, IComparable<T> =>
        value is { } set && set.CompareTo(least) >= 0 ? new Limit<T>(set, RetentionLimits.Changed) : null;
}
