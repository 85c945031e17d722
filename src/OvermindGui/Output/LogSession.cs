using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Invocation;

namespace OvermindGui.Output;

/// <summary>Prints stored lines and, with <c>--follow</c>, new ones. It only reads the database, and needs no daemon.</summary>
internal sealed class LogSession
{
    // Also the maximum delay of a changed line, and of noticing that the reader has gone.
    private static readonly TimeSpan SafetyInterval = TimeSpan.FromMilliseconds(500);

    private readonly ProjectFolder _folder;
    private readonly LogRequest _request;
    private readonly OvermindDatabase _database;
    private readonly StandardOutput _output = new();
    private readonly PrefixColumn _prefixes;
    private readonly ILinePrinter _printer;

    private OutputFollower? _follower;
    private int _generation;
    private bool _waited;

    public LogSession(ProjectFolder folder, LogRequest request)
    {
        (_folder, _request) = (folder, request);
        _database = OvermindDatabase.In(folder);
        var settings = RecordedPlan.Load(_database).Settings;
        _prefixes = new PrefixColumn(new SystemReader(_database).Read, request.Filter.Processes, settings.Colors);
        _printer = request.Json
            ? new JsonPrinter(_output)
            : new TextPrinter(_output, _prefixes, request.Color, request.Timestamps || settings.ShowTimestamps);
    }

    /// <exception cref="CommandFailure">There is nothing to read, or it cannot be read.</exception>
    /// <param name="end">Ends the session like Ctrl+C.</param>
    public async Task<int> RunAsync(CancellationToken end = default)
    {
        using var stop = new CancellationSignals();
        await using var ending = end.Register(stop.Stop);
        try
        {
            try
            {
                if (_request.Follow) await FollowAsync(stop.Token);
                else PrintStored(stop.Token);
            }
            finally
            {
                _output.Flush();
            }

            // Ctrl+C is the normal way to end following; otherwise the output is incomplete.
            return _request.Follow ? 0 : stop.ExitCode;
        }
        catch (ReaderGoneException)
        {
            return 0;
        }
        catch (IOException e)
        {
            throw new CommandFailure($"Error: Cannot write to standard output: {e.Message}");
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SqliteErrors.ReadOnly)
        {
            // Readers also write to the index of a write-ahead log.
            throw new CommandFailure($"Error: Cannot read {_folder.Database} without the right to write in its folder, which SQLite needs");
        }
        catch (SqliteException e)
        {
            throw new CommandFailure($"Error: Cannot read {_folder.Database}: {e.Message}");
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new CommandFailure(
                $"--grep {e.Pattern}: takes more than a second on a line of {e.Input.Length} characters; avoid nested repetitions");
        }
    }

    private void PrintStored(CancellationToken stop)
    {
        if (!_database.IsReady())
            throw new CommandFailure(File.Exists(_folder.Database)
                ? $"Error: {_folder.Database} cannot be read: it is damaged, not yours to read, or not a database of Overmind GUI"
                : $"Error: No output is stored in {_folder} (no {ProjectFolder.DatabaseFileName} there)");
        var history = new OutputHistory(_database);
        var reader = new OutputReader(_database, _request.Filter);
        var last = history.LastId();
        var moment = _request.At is { } at ? history.LastIdBefore(at, last) : (long?)null;
        var place = moment is { } middle ? reader.PlaceOfNewest(_request.Count / 2, middle) : reader.PlaceOfNewest(_request.Count, last);
        Prepare(history, place, last);
        var (before, following) = _request.Context;
        var lines = moment is null ? reader.ReadWithContext(place, last, before, following) : Around(reader, place, moment.Value, last);
        if (_request.File is { } file)
        {
            FileExport.Write(file, _folder.Name, lines.OfType<OutputLine>(), stop);
            return;
        }

        foreach (var line in lines)
        {
            if (stop.IsCancellationRequested) return;
            if (line is not null) _printer.Print(new FollowedLine(line, Amended: false));
            else _printer.PrintGap();
        }
    }

    private IEnumerable<OutputLine> Around(OutputReader reader, long place, long moment, long last)
    {
        long printed = 0;
        foreach (var line in reader.Read(place, moment))
        {
            printed++;
            yield return line;
        }

        foreach (var line in reader.Read(moment, last))
        {
            if (++printed > (_request.Count ?? long.MaxValue)) yield break;
            yield return line;
        }
    }

    private void Prepare(OutputHistory history, long place, long last)
    {
        var stored = history.ProcessNames();
        var current = new SystemReader(_database).Read().Processes.Select(p => p.Name).ToList();
        var known = stored.Union(current).ToList();
        if (_request.Names.Except(known).ToList() is { Count: > 0 } unknown)
            throw new CommandFailure(
                $"Error: {UnknownProcessText.Of(string.Join(", ", unknown), known)}");
        if (_request.Json) return;
        // The column is as wide as the longest name that is printed or may appear while following.
        var longest = stored.OrderByDescending(n => n.Length).FirstOrDefault(n => IsPrinted(history, n, place, last)) ?? "";
        _prefixes.Load(stored.Where(n => n.Length <= longest.Length));
        if (_request.Follow) _prefixes.Load(current);
    }

    // Context lines may come from any process, and while following, matching lines of any process may still appear.
    private bool IsPrinted(OutputHistory history, string process, long place, long last) => _request.Filter.Processes.Shows(process)
        && history.Between(place, last + 1, ProcessFilter.Only(process), 1).Count > 0
        && (_request.Follow || _request.Context is not (0, 0)
            || new OutputReader(_database, _request.Filter with { Processes = ProcessFilter.Only(process) }).Read(place, last).Any());

    private async Task FollowAsync(CancellationToken stop)
    {
        using var watcher = new DatabaseChangeWatcher(_folder, SafetyInterval);
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
                await watcher.WaitAsync(stop);
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
