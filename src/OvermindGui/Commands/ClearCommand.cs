using System.CommandLine;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>clear</c>: clears the stored output of a process or of all, and takes that back.</summary>
internal static class ClearCommand
{
    public static Command Create()
    {
        var command = new Command("clear", $"Clear the stored output; clear --undo takes that back for {OutputClearing.UndoTime.TotalSeconds:0} seconds");
        var process = new Argument<string?>("process")
        {
            Description = "Only that of this process",
            Arity = ArgumentArity.ZeroOrOne,
            CompletionSources = { ProcessWords.Names },
        };
        var undo = new Option<bool>("--undo") { Description = "Take the last clearing back" };
        var folder = new FolderArguments();
        command.Add(process);
        command.Add(undo);
        folder.AddTo(command, withPath: false);
        undo.Validators.Add(result =>
        {
            if (result.Valid<bool>() && result.GetResult(process)?.Tokens.Count > 0) result.AddError("--undo: expected without a process; it takes all of the last clearing back");
        });
        command.SetFailableAction(words =>
        {
            var database = OvermindDatabase.In(folder.Folder(words));
            if (!database.IsReady()) throw new CommandFailure($"Error: No output is stored in {database.Folder}");
            try
            {
                Console.WriteLine(words.GetValue(undo) ? Undo(database) : Clear(database, words.GetValue(process)));
            }
            catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
            {
                throw new CommandFailure($"Error: {database.Folder.Database} cannot be written: {e.Message}");
            }

            return Task.FromResult(0);
        });
        return command;
    }

    private static string Clear(OvermindDatabase database, string? process)
    {
        var known = new OutputHistory(database).ProcessNames();
        if (process is not null && !known.Contains(process)) throw new CommandFailure($"Error: {UnknownProcessText.Of(process, known)}");
        var what = process is null ? "Output" : $"Output of {VisibleText.Of(process)}";
        return new OutputClearing(database, TimeProvider.System).Clear(process).UndoUntil is null
            ? $"{what}: nothing to clear"
            : $"{what} cleared; \"{InvocationContext.Name} clear --undo\" takes that back for {OutputClearing.UndoTime.TotalSeconds:0} seconds";
    }

    private static string Undo(OvermindDatabase database) => new OutputClearing(database, TimeProvider.System).Undo() is { } names
        ? $"Output is back: {string.Join(", ", names.Select(VisibleText.Of))}"
        : throw new CommandFailure($"Error: Nothing to undo: a clearing can be taken back for {OutputClearing.UndoTime.TotalSeconds:0} seconds");
}
