using System.CommandLine;
using OvermindGui.Agents;
using OvermindGui.Completion;
using OvermindGui.Containers;
using OvermindGui.Core.Contracts;
using OvermindGui.Export;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary>All commands of <c>overmind-gui</c>. Exit codes: 0 success, 1 failure, with the reason on stderr.</summary>
internal static class CommandTree
{
    // "@types/node" is a package name, not a response file.
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null };

    // The first word is a verb; any other word in its place is a folder to serve.
    public static async Task<int> InvokeAsync(string[] args)
    {
        var root = Build();
        var words = Normalize(root, args);
        if (words.Unknown is { } unknown)
        {
            await Console.Error.WriteLineAsync($"Unknown command: {unknown}\n");
            await root.Parse(["--help"], Configuration).InvokeAsync(new InvocationConfiguration { Output = Console.Error });
            return 1;
        }

        OptionValidators.AcceptBehindDashes(words.Arguments);
        var parsed = root.Parse(words.Arguments, Configuration);
        // Commands handle signals themselves: Ctrl+C on "server" stops the processes first.
        var invocation = new InvocationConfiguration { ProcessTerminationTimeout = null };
        // The usage below an error message is not output of the command, so it goes to stderr.
        if (parsed.Errors.Count > 0) invocation.Output = Console.Error;
        return await parsed.InvokeAsync(invocation);
    }

    /// <summary>Parses the arguments of another run of this program.</summary>
    public static ParseResult Parse(string[] args)
    {
        var root = Build();
        return root.Parse(CommandLineWords.Normalize(args, [.. root.Subcommands.SelectMany(c => c.Aliases.Prepend(c.Name))]).Arguments, Configuration);
    }

    private static RootCommand Build()
    {
        var root = new RootCommand("Overmind GUI: runs the processes of a Procfile and shows them live in the browser")
        {
            ServerCommand.Create(),
            DaemonCommand.Create(),
            WebCommand.Create(),
            StatusCommands.CreatePs(),
            StatusCommands.CreateStatus(),
            StartCommand.Create(),
            ProcessCommands.Create(CommandKind.Stop, "Stop processes", "interrupt", "i"),
            ProcessCommands.Create(CommandKind.Restart, "Restart processes", "r"),
            ProcessCommands.Create(CommandKind.Kill, "End processes at once, by SIGKILL (without a name: all)", "k"),
            PlanCommands.CreateScale(),
            PlanCommands.CreateReload(),
            CheckCommand.Create(),
            RunCommand.Create(),
            ConnectCommand.Create(),
            SendCommand.Create(),
            LogsCommand.Create(),
            RunsCommand.Create(),
            BookmarksCommand.Create(),
            ViewsCommand.Create(),
            ClearCommand.Create(),
            PruneCommand.Create(),
            EchoCommand.Create(),
            FailuresCommand.Create(),
            AlertsCommand.Create(),
            ErrorsCommand.Create(),
            SearchCommand.Create(),
            AgentCommands.CreateUp(),
            AgentCommands.CreateWait(),
            AgentCommands.CreateChanges(),
            AgentCommands.CreateExplain(),
            McpCommand.Create(),
            AgentInitCommand.Create(),
            ProjectsCommand.Create(),
            HubCommand.Create(),
            QuitCommand.Create(),
            HealthCommand.Create(Parse),
            DemoCommand.Create(),
            ExportCommand.Create(),
            CompletionCommand.Create(),
            LeadSessionCommand.Create(),
        };
        var help = new Command("help", "Show this help");
        help.SetAction(_ => root.Parse(["--help"], Configuration).Invoke());
        root.Add(help);
        NameArguments(root);
        root.Add(CompleteCommand.Create(root, typed => Normalize(root, typed) is (var words, null) ? root.Parse(words, Configuration) : null));
        return root;
    }

    // Without a name, the help would show what completion offers at the moment.
    private static void NameArguments(Command command)
    {
        foreach (var argument in command.Arguments) argument.HelpName ??= argument.Name;
        foreach (var verb in command.Subcommands) NameArguments(verb);
    }

    private static (string[] Arguments, string? Unknown) Normalize(RootCommand root, string[] args) =>
        CommandLineWords.Normalize(args, [.. root.Subcommands.SelectMany(c => c.Aliases.Prepend(c.Name))]);
}
