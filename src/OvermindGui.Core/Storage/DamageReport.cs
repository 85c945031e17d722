using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Storage;

/// <summary>
/// Asks the daemon to check the database after a read error. The daemon would not notice damage in pages that only readers use.
/// </summary>
public sealed class DamageReport
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly OvermindDatabase _database;
    private readonly TimeProvider _time = TimeProvider.System;
    private long _last;

    internal DamageReport(OvermindDatabase database) => _database = database;

    /// <summary>Ignores other errors, and repeats the request at most once per interval.</summary>
    public void Report(SqliteException exception)
    {
        var (last, now) = (Interlocked.Read(ref _last), _time.GetTimestamp());
        if (!SqliteErrors.IsDamaged(exception) || (last != 0 && _time.GetElapsedTime(last, now) < Interval)) return;
        if (Interlocked.CompareExchange(ref _last, now, last) != last) return;
        try
        {
            using var connection = _database.OpenConnection();
            connection.Execute(
                null, "INSERT INTO daemon_commands(command, timestamp) VALUES ($1, $2)", CommandKind.Inspect.ToText(), _time.Seconds());
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            // then the daemon has hit the same error
        }
    }
}
