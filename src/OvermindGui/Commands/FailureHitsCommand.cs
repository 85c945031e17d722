using System.CommandLine;
using System.Globalization;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>failures hits</c>: lists lines that matched, and the results.</summary>
internal static class FailureHitsCommand
{
    private const int Shown = 50;

    public static Command Create()
    {
        var command = new Command("hits", $"List the newest {Shown} lines that matched, oldest first, and what came of each");
        var process = new Argument<string?>("process")
        {
            Description = "Only those of this process",
            Arity = ArgumentArity.ZeroOrOne,
            CompletionSources = { ProcessWords.Names },
        };
        var folder = new FolderArguments();
        command.Add(process);
        folder.AddTo(command, withPath: false);
        command.SetFailableAction(words =>
        {
            foreach (var hit in Newest(OvermindDatabase.In(folder.Folder(words)), words.GetValue(process))) Write(hit);
            return Task.FromResult(0);
        });
        return command;
    }

    private static IEnumerable<FailureHitInfo> Newest(OvermindDatabase database, string? process)
    {
        try
        {
            var hits = new FailureHistory(database).Newest(process, Shown);
            if (hits.Count == 0) Console.WriteLine(process is null ? "No failures so far" : $"No failures of {VisibleText.Of(process)} so far");
            return hits.Reverse();
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            throw new CommandFailure($"Error: {database.Folder.Database} cannot be read: {e.Message}");
        }
    }

    private static void Write(FailureHitInfo hit)
    {
        var time = hit.Time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        Console.WriteLine($"{time} {hit.Process,-15} {hit.Action.ToText(),-8} {VisibleText.Of(hit.Pattern)}: {hit.Outcome}");
        Console.WriteLine($"  {VisibleText.Of(hit.Text)}");
    }
}
