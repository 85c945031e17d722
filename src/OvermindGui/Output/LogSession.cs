using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using OvermindGui.Commands;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.Output;

/// <summary>Prints what a folder's database holds, and with <c>--follow</c> what comes. It only reads, and needs no daemon.</summary>
internal sealed partial class LogSession
{
    private readonly ProjectFolder _folder;
    private readonly LogRequest _request;
    private readonly OvermindDatabase _database;
    private readonly StandardOutput _output = new();
    private readonly PrefixColumn _prefixes;
    private readonly ILinePrinter _printer;

    public LogSession(ProjectFolder folder, LogRequest request)
    {
        (_folder, _request) = (folder, request);
        _database = OvermindDatabase.In(folder);
        var settings = RecordedPlan.Load(_database).Settings;
        _prefixes = new PrefixColumn(new SystemReader(_database).Read, request.Query.Processes, settings.Colors);
        _printer = request.Json
            ? new JsonPrinter(_output)
            : new TextPrinter(_output, _prefixes, request.Color, request.Timestamps || settings.ShowTimestamps);
    }

    /// <exception cref="CommandFailure">There is nothing to read, or it cannot be read.</exception>
    /// <param name="end">Ends it as Ctrl+C does.</param>
    public async Task<int> RunAsync(CancellationToken end = default)
    {
        using var stop = new StopSignal();
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

            // Ctrl+C is how following ends; what was to be printed whole is not.
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
            // Readers of a write-ahead log take part in its bookkeeping.
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
        Prepare(history);
        var reader = new OutputReader(history, _request.Query);
        var last = history.LastId();
        foreach (var line in reader.Read(reader.PlaceOfNewest(_request.Count, last), last))
        {
            if (stop.IsCancellationRequested) return;
            _printer.Print(new FollowedLine(line, Amended: false));
        }
    }

    private void Prepare(OutputHistory history)
    {
        var stored = history.ProcessNames();
        var known = stored.Union(new SystemReader(_database).Read().Processes.Select(p => p.Name)).ToList();
        if (_request.Names.Except(known).ToList() is { Count: > 0 } unknown)
            throw new CommandFailure(
                $"Error: Unknown process: {string.Join(", ", unknown)} (known: {(known.Count > 0 ? string.Join(", ", known) : "none")})");
        _prefixes.Load(stored);
    }
}
