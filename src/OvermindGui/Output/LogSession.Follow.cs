using Microsoft.Data.Sqlite;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Output;

internal sealed partial class LogSession
{
    // Also the maximum delay of a changed line, and of noticing that the reader has gone.
    private static readonly TimeSpan SafetyInterval = TimeSpan.FromMilliseconds(500);

    private OutputFollower? _follower;
    private int _generation;
    private bool _waited;

    private async Task FollowAsync(CancellationToken stop)
    {
        using var bell = new DatabaseChangeWatcher(_folder, SafetyInterval);
        while (!stop.IsCancellationRequested && !StandardOutput.IsReaderGone)
        {
            try
            {
                if (IsReadyToFollow()) PrintNew(_follower!, stop);
            }
            catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
            {
                // Locked by a writer, or being replaced: the next signal tries again.
            }

            _output.Flush();
            try
            {
                await bell.WaitAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private bool IsReadyToFollow()
    {
        if (!_database.IsReady())
        {
            if (!_waited) Console.Error.WriteLine($"Waiting for {_folder.Database}: it comes with the daemon");
            _waited = true;
            return false;
        }

        if (_follower is not null && _generation == _database.Generation) return true;
        if (_follower is null)
        {
            var history = new OutputHistory(_database);
            var last = history.LastId();
            Prepare(history, new OutputReader(_database, _request.Filter).PlaceOfNewest(_request.Count, last), last);
        }

        // Everything in a database that appeared while waiting, or that replaced another one, is new.
        var count = _waited || _follower is not null ? null : _request.Count;
        _follower = new OutputFollower(_database, _request.Filter, count, TimeProvider.System);
        _generation = _database.Generation;
        return true;
    }

    private void PrintNew(OutputFollower follower, CancellationToken stop)
    {
        foreach (var line in follower.Read())
        {
            if (stop.IsCancellationRequested) return;
            _printer.Print(line);
        }
    }
}
