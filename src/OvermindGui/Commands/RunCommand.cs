using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.ComponentModel;
using OvermindGui.Agents;
using OvermindGui.Core.Application;
using OvermindGui.Core.Checks;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Storage;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary>
/// <c>run</c>: runs a command in the project's environment. The command replaces this process, so it owns terminal, signals and exit code.
/// </summary>
internal static class RunCommand
{
    /// <summary>The exit code of shells for an unknown command.</summary>
    private const int NotFound = 127;

    private const string ProcessOption = "--process";
    private const string KeepOption = "--keep";
    private const string ClientOption = "--as";
    private const string TimeoutOption = "--timeout";

    /// <summary>The names of the verb.</summary>
    public static IReadOnlyList<string> Words { get; } = ["run", "exec", "e"];

    public static Command Create()
    {
        var command = new Command(Words[0], "Run a command in the project's environment or in that of one process, or an entry of the Procfile");
        foreach (var alias in Words.Skip(1)) command.Aliases.Add(alias);
        var process = new Option<string?>(ProcessOption)
        {
            Description = "In this process's environment and working directory",
            HelpName = "name",
            CompletionSources = { ProcessWords.Names },
        };
        var program = new Argument<string[]>("command")
        {
            Description = "The command and its arguments; whatever stands behind it belongs to it",
            Arity = ArgumentArity.ZeroOrMore,
            CompletionSources = { Program },
        };
        var keep = new Option<bool>(KeepOption) { Description = "Run it under the daemon: stored and searchable like a process, and it goes on when this command is ended" };
        var json = new Option<bool>("--json") { Description = "With --keep: print one answer as JSON when it has ended: exit code, beginning and end of its output" };
        var timeout = new Option<double>(TimeoutOption) { Description = "With --keep --json: seconds to wait (default: 45); then it goes on under the daemon", HelpName = "seconds", DefaultValueFactory = _ => 45 };
        var client = new Option<string?>(ClientOption) { Description = "With --keep: name of the agent or script that asks", HelpName = "name" };
        var folder = new FolderArguments();
        command.Add(keep);
        command.Add(client);
        command.Add(json);
        command.Add(timeout);
        command.Add(process);
        command.Add(program);
        folder.AddTo(command, withPath: false);
        command.SetFailableAction(words =>
        {
            if (words.GetValue(program) is not [var name, .. var arguments])
                throw new CommandFailure($"Error: run requires a command\nUsage: {InvocationContext.Name} run [--process NAME] COMMAND [ARGUMENTS…]");
            if (name.StartsWith('-')) throw new CommandFailure($"Unknown option: {name}");
            var project = folder.Folder(words);
            if (words.GetValue(keep))
            {
                var request = new OneOffRequest([name, .. arguments], words.GetValue(process), WithinProject(project), Keep: true, TimeoutS: words.GetValue(timeout));
                return words.GetValue(json)
                    ? KeptRun.ReportAsync(project, request, words.GetValue(client))
                    : KeptRun.FollowAsync(project, request, words.GetValue(client));
            }

            if (words.GetValue(json)) throw new CommandFailure("Error: --json needs --keep: without it the command has this terminal to itself");
            var options = RecordedPlan.LivingOptions(OvermindDatabase.In(project));
            var place = words.GetValue(process) is { } wanted
                ? CommandContext.OfProcess(project, options, wanted)
                : CommandContext.OfProject(project, options);
            if (FindProgram(name, place) is { } file) Execute(file, [name, .. arguments], place);
            else if (words.GetValue(process) is null && arguments.Length == 0) ExecuteEntry(name, RecordedPlan.Load(project, options));
            throw NotThere(name, place.WorkingDirectory);
        });
        return command;
    }

    /// <summary>Inserts <c>--</c> before the command, so that its options are not parsed as ours.</summary>
    public static string[] KeepWords(string[] args)
    {
        var index = 1;
        while (index < args.Length && args[index] is ['-', ..] and not "--") index += args[index] is ProcessOption or ClientOption or TimeoutOption or FolderArguments.FolderName or FolderArguments.DataName ? 2 : 1;
        return index < args.Length && args[index] != "--" ? [.. args[..index], "--", .. args[index..]] : args;
    }

    // The current folder if it is one of the project, as without --keep.
    private static string? WithinProject(ProjectFolder project) =>
        Path.GetRelativePath(project.Root, Directory.GetCurrentDirectory()) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : null;

    private static IEnumerable<CompletionItem> Program(CompletionContext context) =>
        context.ParseResult.Tokens.Count(t => t.Type == TokenType.Argument) > 1 ? Places.Files(context) : Places.Commands(context);

    private static string? FindProgram(string name, CommandContext place) =>
        ExecutableSearch.Find(name, place.Environment.GetValueOrDefault("PATH") ?? "", place.WorkingDirectory);

    // foreman and honcho run an entry by its name. A program of that name takes precedence.
    private static void ExecuteEntry(string name, ProjectPlan plan)
    {
        if (CommandContext.Find(plan, name) is not { } process) return;
        var place = CommandContext.OfProcess(plan, process);
        Execute(
            FindProgram(process.Shell, place) ?? throw NotThere(process.Shell, place.WorkingDirectory),
            [process.Shell, "-c", process.Command], place);
    }

    private static CommandFailure NotThere(string name, string folder) =>
        new($"Error: {name}: no such command in {folder} and on its PATH", NotFound);

    /// <summary>Does not return: the command replaces this process.</summary>
    private static void Execute(string file, IReadOnlyList<string> words, CommandContext place)
    {
        try
        {
            Directory.SetCurrentDirectory(place.WorkingDirectory);
            ProcessImage.Replace(file, words, place.Environment);
        }
        catch (Exception e) when (e is Win32Exception or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"Error: {words[0]}: {e.Message}", NotFound);
        }
    }
}
