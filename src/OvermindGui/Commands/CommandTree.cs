using System.CommandLine;
using OvermindGui.Agents;
using OvermindGui.Completion;
using OvermindGui.Containers;
using OvermindGui.Core.Contracts;
using OvermindGui.Daemon.Launching;
using OvermindGui.Export;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary>All commands of <c>overmind-gui</c>. Exit codes: 0 success, 1 failure, with the reason on stderr.</summary>
internal static class CommandTree
{
    // "@types/node" is a package name, not a response file.
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null };

    // Each verb with its words: a command line builds the one that it names, because all of them take longer than the runtime needs to start.
    private static readonly Verb[] Verbs =
    [
        new(ServerCommand.Create, "server", "s"),
        new(DaemonCommand.Create, "daemon"),
        new(WebCommand.Create, "web", "dashboard"),
        new(StatusCommands.CreatePs, "ps"),
        new(StatusCommands.CreateStatus, "status"),
        new(StartCommand.Create, "start"),
        new(() => ProcessCommands.Create(CommandKind.Stop, "Stop processes", "interrupt", "i"), "stop", "interrupt", "i"),
        new(() => ProcessCommands.Create(CommandKind.Restart, "Restart processes", "r"), "restart", "r"),
        new(() => ProcessCommands.Create(CommandKind.Kill, "End processes at once, by SIGKILL (without a name: all)", "k"), "kill", "k"),
        new(PlanCommands.CreateScale, "scale"),
        new(PlanCommands.CreateReload, "reload"),
        new(CheckCommand.Create, "check"),
        new(RunCommand.Create, [.. RunCommand.Words]),
        new(ConnectCommand.Create, "connect", "c"),
        new(SendCommand.Create, "send"),
        new(LogsCommand.Create, "logs"),
        new(RunsCommand.Create, "runs"),
        new(BookmarksCommand.Create, "bookmarks"),
        new(ViewsCommand.Create, "views"),
        new(ClearCommand.Create, "clear"),
        new(PruneCommand.Create, "prune"),
        new(EchoCommand.Create, "echo"),
        new(FailuresCommand.Create, "failures"),
        new(AlertsCommand.Create, "alerts"),
        new(ErrorsCommand.Create, "errors"),
        new(SearchCommand.Create, "search"),
        new(AgentCommands.CreateUp, "up"),
        new(AgentCommands.CreateWait, "wait"),
        new(AgentCommands.CreateChanges, "changes"),
        new(AgentCommands.CreateExplain, "explain"),
        new(McpCommand.Create, "mcp"),
        new(AgentInitCommand.Create, "agent"),
        new(ProjectsCommand.Create, "projects"),
        new(HubCommand.Create, "hub"),
        new(QuitCommand.Create, "quit", "q", "down"),
        new(() => HealthCommand.Create(Parse), "health"),
        new(DemoCommand.Create, "test_proc"),
        new(ExportCommand.Create, "export"),
        new(CompletionCommand.Create, "completion"),
        new(LeadSessionCommand.Create, SessionLeader.Verb),
    ];

    // These need the whole tree.
    private static readonly string[] WordsOfTheTree = ["help", "complete"];

    // The first word is a verb; any other word in its place is a folder to serve.
    public static async Task<int> InvokeAsync(string[] args)
    {
        var words = Normalize(args);
        if (words.Unknown is { } unknown)
        {
            await Console.Error.WriteLineAsync($"Unknown command: {unknown}\n");
            await Build().Parse(["--help"], Configuration).InvokeAsync(new InvocationConfiguration { Output = Console.Error });
            return 1;
        }

        OptionValidators.AcceptBehindDashes(words.Arguments);
        var parsed = Build(words.Arguments).Parse(words.Arguments, Configuration);
        // Commands handle signals themselves: Ctrl+C on "server" stops the processes first.
        var invocation = new InvocationConfiguration { ProcessTerminationTimeout = null };
        // The usage below an error message is not output of the command, so it goes to stderr.
        if (parsed.Errors.Count > 0) invocation.Output = Console.Error;
        return await parsed.InvokeAsync(invocation);
    }

    /// <summary>Parses the arguments of another run of this program.</summary>
    public static ParseResult Parse(string[] args)
    {
        var words = Normalize(args).Arguments;
        return Build(words).Parse(words, Configuration);
    }

    private static RootCommand Build(string[] words)
    {
        if (words is not [var first, ..] || Array.Find(Verbs, verb => verb.Words.Contains(first)) is not { } named) return Build();
        var root = NewRoot();
        root.Add(named.Create());
        NameArguments(root);
        return root;
    }

    private static RootCommand Build()
    {
        var root = NewRoot();
        foreach (var verb in Verbs)
        {
            var command = verb.Create();
            if (!verb.Words.ToHashSet().SetEquals([command.Name, .. command.Aliases]))
                throw new InvalidOperationException($"{command.Name} is entered here as {string.Join(", ", verb.Words)}");
            root.Add(command);
        }

        var help = new Command("help", "Show this help");
        help.SetAction(_ => root.Parse(["--help"], Configuration).Invoke());
        root.Add(help);
        NameArguments(root);
        root.Add(CompleteCommand.Create(root, typed => Normalize(typed) is (var words, null) ? root.Parse(words, Configuration) : null));
        return root;
    }

    private static RootCommand NewRoot() => new("Overmind GUI: runs the processes of a Procfile and shows them live in the browser");

    // Without a name, the help would show what completion offers at the moment.
    private static void NameArguments(Command command)
    {
        foreach (var argument in command.Arguments) argument.HelpName ??= argument.Name;
        foreach (var verb in command.Subcommands) NameArguments(verb);
    }

    private static (string[] Arguments, string? Unknown) Normalize(string[] args) =>
        CommandLineWords.Normalize(args, [.. Verbs.SelectMany(verb => verb.Words), .. WordsOfTheTree]);

    /// <param name="Words">Its name, then its other names.</param>
    private sealed record Verb(Func<Command> Create, params string[] Words);
}
