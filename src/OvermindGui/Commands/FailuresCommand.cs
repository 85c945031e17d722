using System.CommandLine;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Storage;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary>
/// <c>failures</c>: manages failure declarations. It edits the file, so it needs no daemon; a running one applies changes immediately.
/// </summary>
internal static class FailuresCommand
{
    public static Command Create()
    {
        var command = new Command("failures", "List the failure declarations: texts that mean failure when a process prints them")
        {
            CreateAdd(),
            CreateRemove(),
            FailureHitsCommand.Create(),
        };
        var process = Process("Only those of this process", ArgumentArity.ZeroOrOne);
        var project = new DeclarationsFolder();
        command.Add(process);
        project.AddTo(command);
        command.SetFailableAction(words =>
        {
            List(project.File(words), words.GetValue(process));
            return Task.FromResult(0);
        });
        return command;
    }

    private static Command CreateAdd()
    {
        var command = new Command("add", "Declare a text, or a regular expression, as a failure of a process");
        var process = Process("Name in the Procfile", ArgumentArity.ExactlyOne);
        var pattern = Pattern();
        var regex = new Option<bool>("--regex") { Description = "The pattern is a .NET regular expression (ignoring case, unless it says (?-i))" };
        var action = new Option<string?>("--action")
        {
            Description = $"What happens to the process: {FailureActions.Accepted} (default: what the daemon was started with)",
            HelpName = "action",
            CompletionSources = { DaemonFlags.FailureActionNames },
        };
        action.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && FailureActions.Parse(value) is null)
                result.AddError($"--action {value}: expected {FailureActions.Accepted}");
        });
        var project = new DeclarationsFolder();
        foreach (var argument in new Argument[] { process, pattern }) command.Add(argument);
        foreach (var option in new Option[] { regex, action }) command.Add(option);
        project.AddTo(command);
        command.SetFailableAction(words => ChangeAsync(project, words, words.GetRequiredValue(process), "Added", (file, name) => file.AddAsync(
            name,
            new FailureDeclaration(words.GetRequiredValue(pattern), FailureActions.Parse(words.GetValue(action)), words.GetValue(regex)),
            CancellationToken.None)));
        return command;
    }

    private static Command CreateRemove()
    {
        var command = new Command("remove", "Remove a failure declaration of a process");
        var process = Process("The process", ArgumentArity.ExactlyOne);
        var pattern = Pattern();
        var project = new DeclarationsFolder();
        foreach (var argument in new Argument[] { process, pattern }) command.Add(argument);
        project.AddTo(command);
        command.SetFailableAction(words => ChangeAsync(project, words, words.GetRequiredValue(process), "Removed", (file, name) =>
            file.RemoveAsync(name, words.GetRequiredValue(pattern), isRegex: null, CancellationToken.None)));
        return command;
    }

    private static Argument<string> Process(string description, ArgumentArity arity) => new("process")
    {
        Description = description,
        Arity = arity,
        CompletionSources = { ProcessWords.Names },
    };

    private static Argument<string> Pattern() => new("pattern") { Description = "The text or the expression" };

    private static async Task<int> ChangeAsync(
        DeclarationsFolder project, ParseResult words, string process, string done,
        Func<DeclarationsFile, string, Task<IReadOnlyList<FailureDeclaration>>> change)
    {
        var file = project.File(words);
        try
        {
            var left = await change(file, process);
            Console.WriteLine($"{done} failure declaration for {FailureTable.Visible(process)}");
            if (done == "Added") FailureTable.WarnOfUnknown(project.Plan(words), process);
            FailureTable.Write([(process, left)]);
            return 0;
        }
        catch (DeclarationsFileException e)
        {
            throw new CommandFailure($"Error: {FailureTable.Visible(e.Message)}");
        }
    }

    private static void List(DeclarationsFile file, string? process)
    {
        var reading = file.Read();
        if (reading.Problems.Count > 0)
            throw new CommandFailure(string.Join('\n', reading.Problems.Select(p => $"Error: {FailureTable.Visible(p.ToString())}")));
        FailureTable.Write(process is null
            ? [.. reading.ByProcess.Select(p => (p.Key, p.Value))]
            : [(process, reading.For(process))]);
    }

    /// <summary>The project whose declarations are meant, and its Procfile.</summary>
    private sealed class DeclarationsFolder
    {
        private readonly FolderArguments _folder = new();
        private readonly Option<string?> _procfile = PlanFlags.Procfile();

        public void AddTo(Command command)
        {
            _folder.AddTo(command, withPath: false);
            command.Add(_procfile);
        }

        public DeclarationsFile File(ParseResult words) =>
            new(_folder.FolderWithProcfile(words, Options(words)), TimeProvider.System);

        public ProjectPlan Plan(ParseResult words) => RecordedPlan.Load(_folder.Folder(words), Options(words));

        private PlanOptions Options(ParseResult words) => words.GetValue(_procfile) is { } given
            ? new PlanOptions { Procfile = given }
            : RecordedPlan.LastOptions(OvermindDatabase.In(_folder.Folder(words)));
    }
}
