using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Storage;

/// <summary>Asks the daemon to look at the database when somebody could not read it: a page that only readers touch it would never notice.</summary>
public sealed class DamageReport
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly OvermindDatabase _database;
    private readonly TimeProvider _time = TimeProvider.System;
    private long _last;

    internal DamageReport(OvermindDatabase database) => _database = database;

    /// <summary>Does nothing about other errors, and nothing when it was asked lately.</summary>
    public void Tell(SqliteException exception)
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
            // then the daemon has met it as well
        }
    }
}
