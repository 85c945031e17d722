using System.CommandLine;
using System.Globalization;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>runs</c>: lists the runs of processes, newest last, pins and compares them.</summary>
internal static class RunsCommand
{
    private const int DefaultCount = 20;

    public static Command Create()
    {
        var command = new Command("runs", "List the runs of the processes, oldest first: when, how long, how they ended");
        var process = new Argument<string?>("process") { Description = "Only those of this process", Arity = ArgumentArity.ZeroOrOne, CompletionSources = { ProcessWords.Names } };
        var count = new Option<int>("--lines", "-n") { Description = $"The newest so many (default: {DefaultCount})", HelpName = "n", DefaultValueFactory = _ => DefaultCount };
        var pin = new Option<long?>("--pin") { Description = "Keep the output of this run when older output is pruned, within --keep-size", HelpName = "id" };
        var unpin = new Option<long?>("--unpin") { Description = "Keep it no longer", HelpName = "id" };
        var sessions = new Option<bool>("--sessions") { Description = "List the sessions of the project instead, each from a start of the daemon to its end" };
        var json = new Option<bool>("--json") { Description = "One JSON object per run" };
        var folder = new FolderArguments();
        process.Validators.Add(OptionValidators.RefuseUnknown);
        count.Validators.Add(result =>
        {
            if (result.Valid<int?>() is < 1) result.AddError("--lines: expected a number from 1");
        });
        command.Add(process);
        foreach (var option in new Option[] { count, pin, unpin, sessions, json }) command.Add(option);
        folder.AddTo(command, withPath: false);
        command.Add(RunsCompareCommand.Create());
        command.SetFailableAction(words =>
        {
            var database = OvermindDatabase.In(folder.Folder(words));
            var runs = new RunHistory(database, TimeProvider.System);
            try
            {
                if (words.GetValue(pin) is { } pinned) Pin(runs, pinned, true);
                if (words.GetValue(unpin) is { } unpinned) Pin(runs, unpinned, false);
                if (words.GetValue(sessions)) ListSessions(database, runs, words.GetValue(count), words.GetValue(json));
                else if ((words.GetValue(pin) ?? words.GetValue(unpin)) is null) List(database, runs, words.GetValue(process), words.GetValue(count), words.GetValue(json));
            }
            catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
            {
                throw new CommandFailure($"Error: {database.Folder.Database} cannot be read: {e.Message}");
            }

            return Task.FromResult(0);
        });
        return command;
    }

    private static void ListSessions(OvermindDatabase database, RunHistory runs, int count, bool json)
    {
        if (!database.IsReady()) throw new CommandFailure($"Error: No output is stored in {database.Folder}");
        var alive = DaemonLock.IsHeld(database.Folder);
        if (!json) Console.WriteLine($"{"ID",6} {"STARTED",-19} {"LASTED",-9} {"RUNS",5} {"FAILED",6} END");
        foreach (var session in runs.Sessions(count).Reverse())
        {
            var isCurrent = alive && session.NextAt is null;
            var lasted = (session.EndedAt ?? session.NextAt ?? TimeProvider.System.GetUtcNow()) - session.StartedAt;
            if (json)
                Console.WriteLine(ApplicationJson.Write(new
                {
                    session.Id,
                    StartedAt = LineTime.TextOf(session.StartedAt.ToUnixTimeMilliseconds()),
                    EndedAt = session.EndedAt is { } ended ? LineTime.TextOf(ended.ToUnixTimeMilliseconds()) : null,
                    Current = isCurrent,
                    session.Mode,
                    session.Runs,
                    session.Crashes,
                    session.ExitCode,
                    session.EndReason,
                }));
            else
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{session.Id,6} {session.StartedAt.ToLocalTime():yyyy-MM-dd HH:mm:ss} {UptimeFormatter.Of(lasted),-9} {session.Runs,5} {session.Crashes,6} {(isCurrent ? "running" : VisibleText.Of(session.EndText()))}"));
        }
    }

    private static void Pin(RunHistory runs, long id, bool pinned)
    {
        if (!runs.Pin(id, pinned)) throw new CommandFailure($"Error: There is no run {id}; overmind-gui runs lists them");
        var run = runs.Find(id)!;
        Console.WriteLine(pinned
            ? $"✓ Run {run.Number} of {run.Process} is pinned: {Quantity.Lines(runs.LinesOf(run))}"
            : $"✓ Run {run.Number} of {run.Process} is no longer pinned");
    }

    private static void List(OvermindDatabase database, RunHistory runs, string? process, int count, bool json)
    {
        if (!database.IsReady()) throw new CommandFailure($"Error: No output is stored in {database.Folder}");
        var known = new OutputHistory(database).ProcessNames();
        if (process is not null && !known.Contains(process)) throw new CommandFailure($"Error: Unknown process: {process} (known: {string.Join(", ", known)})");
        var found = (process is null ? runs.Newest(count) : runs.Newest(process, count)).Reverse().ToList();
        if (json)
        {
            foreach (var run in found) Console.WriteLine(ApplicationJson.Write(RunReport.Of(run, run.IsPinned ? runs.LinesOf(run) : null)));
            return;
        }

        if (found.Count == 0) Console.WriteLine(process is null ? "No runs so far" : $"No runs of {process} so far");
        else Write("ID", "PROCESS", "RUN", "STARTED", "LASTED", "END", "");
        foreach (var run in found)
            Write(
                run.Id.ToString(CultureInfo.InvariantCulture), VisibleText.Of(run.Process), $"#{run.Number.ToString(CultureInfo.InvariantCulture)}",
                run.StartedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                run.EndedAt is { } ended ? UptimeFormatter.Of(ended - run.StartedAt) : "-", run.EndText(), run.IsPinned ? $"pinned, {Quantity.Lines(runs.LinesOf(run))}" : "");
    }

    private static void Write(params string[] cells) =>
        Console.WriteLine($"{cells[0],6} {cells[1],-15} {cells[2],-6} {cells[3],-19} {cells[4],-9} {cells[5],-12} {cells[6]}".TrimEnd());

    /// <summary>A run for scripts.</summary>
    private sealed record RunReport(
        long Id, int Number, string Process, long Session, string StartedAt, string? EndedAt, int? ExitCode, bool Crashed, string Cause, string? StartedBy, bool Pinned, long? PinnedLines)
    {
        public static RunReport Of(RunInfo run, long? lines) => new(
            run.Id, run.Number, run.Process, run.Session, LineTime.TextOf(run.StartedAt.ToUnixTimeMilliseconds()),
            run.EndedAt is { } ended ? LineTime.TextOf(ended.ToUnixTimeMilliseconds()) : null, run.Exit?.Code, run.HasCrashed, run.Cause, run.StartedBy, run.IsPinned, lines);
    }
}
