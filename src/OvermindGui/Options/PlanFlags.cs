using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.RegularExpressions;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Invocation;

namespace OvermindGui.Options;

/// <summary>
/// Planning options: overmind's flags under the same names, and some of our own. Their values are validated when the plan is made.
/// </summary>
internal sealed partial class PlanFlags
{
    /// <summary>The option for the Procfile.</summary>
    public const string ProcfileName = "--procfile";

    /// <summary>The option for the only entries to start.</summary>
    public const string OnlyName = "--processes";

    /// <summary>The option for the entries not to start.</summary>
    public const string ExceptName = "--ignored-processes";

    private readonly Option<string?> _procfile = Procfile();
    private readonly Option<string?> _root = Text("--root", "DIR", "Folder the processes run in (default: the Procfile's)", "-d", Places.Folders);
    private readonly Option<string?> _basePort = Text("--base-port", "N", "PORT of the first process (default: 5000)", "-p");
    private readonly Option<string?> _portStep = Text("--port-step", "N", "From one process's PORT to the next one's (default: 100)", "-P");
    private readonly Option<bool> _noPort = Switch("--no-port", "Give processes no PORT", "-N");
    private readonly Option<string?> _formation = Text("--formation", "LIST", "Numbers of instances, such as web=2,worker=0,all=1", "-m", ProcessWords.CountList);
    private readonly Option<string?> _only = Text(OnlyName, "NAMES", "Start only these, with commas between them", "-l", ProcessWords.NameList);
    private readonly Option<string?> _except = Text(ExceptName, "NAMES", "Do not start these", "-x", ProcessWords.NameList);
    private readonly Option<string?> _canDie = Text("--can-die", "NAMES", "The end of any other process stops everything", "-c", ProcessWords.NameList);
    private readonly Option<bool> _anyCanDie = Switch("--any-can-die", "No process's end stops the others (the default)");
    private readonly Option<bool> _exitWithAny = Switch("--exit-with-any", "The end of any process stops everything");
    private readonly Option<string?> _autoRestart = Text("--auto-restart", "NAMES", "Start these again whenever they end; or all", "-r", ProcessWords.NameList);
    private readonly Option<string?> _stopSignals = Text("--stop-signals", "LIST", "Signals that ask for an end, such as web=INT,api=QUIT (default: TERM)", "-s", ProcessWords.SignalList);
    private readonly Option<string?> _timeout = Text("--timeout", "SECONDS", "From that signal to SIGKILL (default: 5)", "-t");
    private readonly Option<string?> _env = Text("--env", "FILES", "More environment files, with commas between them", "-e", Places.Files);
    private readonly Option<bool> _envLayers = Switch("--env-layers", "Also read .env.development, .env.local and .env.development.local, behind .env");
    private readonly Option<string?> _shell = Text("--shell", "PATH", "Shell that runs the commands (default: /bin/sh)", "-H", Places.Files);
    private readonly Option<string?> _colors = Text("--colors", "LIST", "xterm colours of the names, 0 to 255", "-b");
    private readonly Option<bool> _timestamps = Switch("--show-timestamps", "Times in front of the lines that logs prints", "-T");
    private readonly Option<bool> _watch = Switch("--watch", "Apply changes of Procfile, environment files and side file as they are saved");

    private IEnumerable<Option<string?>> Texts =>
    [
        _procfile, _root, _basePort, _portStep, _formation, _only, _except, _canDie, _autoRestart, _stopSignals, _timeout, _env, _shell, _colors,
    ];

    private IEnumerable<Option<bool>> Switches => [_noPort, _anyCanDie, _exitWithAny, _envLayers, _timestamps, _watch];

    public void AddTo(Command command)
    {
        foreach (var option in Texts) command.Add(option);
        foreach (var option in Switches) command.Add(option);
    }

    public PlanChoice Read(ParseResult words) => new(
        new PlanOptions
        {
            Procfile = words.GetValue(_procfile),
            Root = words.GetValue(_root),
            BasePort = words.GetValue(_basePort),
            PortStep = words.GetValue(_portStep),
            NoPort = ValueOf(words, _noPort),
            Formation = words.GetValue(_formation),
            Only = words.GetValue(_only),
            Except = words.GetValue(_except),
            CanDie = words.GetValue(_canDie),
            AnyCanDie = ValueOf(words, _anyCanDie),
            ExitWithAny = ValueOf(words, _exitWithAny),
            AutoRestart = words.GetValue(_autoRestart),
            StopSignals = words.GetValue(_stopSignals),
            Timeout = words.GetValue(_timeout),
            Env = words.GetValue(_env),
            EnvLayers = ValueOf(words, _envLayers),
            Shell = words.GetValue(_shell),
            Colors = words.GetValue(_colors),
            ShowTimestamps = ValueOf(words, _timestamps),
        },
        words.GetValue(_watch),
        [
            .. Texts.Where(o => words.GetValue(o) is not null).Select(o => $"{o.Name}={words.GetValue(o)}"),
            .. Switches.Where(o => ValueOf(words, o) is not null).Select(o => $"{o.Name}={(words.GetValue(o) ? "true" : "false")}"),
        ]);

    /// <summary>The option for the Procfile alone, for commands that need no other planning options.</summary>
    public static Option<string?> Procfile() =>
        Text(ProcfileName, "FILE", "Procfile to run (default: Procfile, or Procfile.dev where there is only that)", "-f", Places.Files);

    /// <summary>The Procfile as typed, for any command; null for the default one.</summary>
    public static string? ProcfileIn(ParseResult words) =>
        words.CommandResult.Command.Options.OfType<Option<string?>>().FirstOrDefault(o => o.Name == ProcfileName) is { } option
            ? words.GetValue(option)
            : null;

    /// <summary>The same for a daemon, which reads the files itself at its start and at every reload.</summary>
    /// <exception cref="CommandFailure">
    /// A file is a descriptor of this process, as with <c>--env &lt;(…)</c>, which the daemon cannot read.
    /// </exception>
    public PlanChoice ReadForDaemon(ParseResult words)
    {
        var files = new[]
        {
            (_procfile.Name, words.GetValue(_procfile)), (_env.Name, words.GetValue(_env)),
            ("OVERMIND_PROCFILE", Environment.GetEnvironmentVariable("OVERMIND_PROCFILE")), ("OVERMIND_ENV", Environment.GetEnvironmentVariable("OVERMIND_ENV")),
        };
        foreach (var (source, list) in files)
            foreach (var file in (list ?? "").Split(',', StringSplitOptions.TrimEntries))
                if (OwnDescriptor().IsMatch(file))
                    throw new CommandFailure(
                        $"Error: {source}: {file} is a pipe that only this command line can read, and the daemon reads its files again with every reload. "
                        + "Write the values to a file (umask 077), or export them");
        return Read(words);
    }

    [GeneratedRegex(@"^(/dev/fd/|/dev/stdin$|/proc/(self|[0-9]+)/fd/)")]
    private static partial Regex OwnDescriptor();

    // Null without the flag, so that its variable applies.
    private static bool? ValueOf(ParseResult words, Option<bool> option) =>
        words.GetResult(option) is { Implicit: false } ? words.GetValue(option) : null;

    private static Option<string?> Text(
        string name, string value, string description, string alias, Func<CompletionContext, IEnumerable<CompletionItem>>? completions = null)
    {
        var option = new Option<string?>(name, alias) { Description = description, HelpName = value };
        if (completions is not null) option.CompletionSources.Add(completions);
        return option;
    }

    private static Option<bool> Switch(string name, string description, params string[] aliases) => new(name, aliases) { Description = description };
}

/// <summary>The parsed options.</summary>
/// <param name="Watch">Apply changed files automatically.</param>
/// <param name="Arguments">The given flags, for starting a daemon with them; it reads the variables itself.</param>
internal sealed record PlanChoice(PlanOptions Options, bool Watch, IReadOnlyList<string> Arguments);
