using System.CommandLine;
using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;
using OvermindGui.Core.Registry;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Hub.Connecting;
using OvermindGui.Invocation;

namespace OvermindGui.Options;

/// <summary>Options of a daemon, for every command that may start one.</summary>
internal sealed class DaemonFlags
{
    /// <summary>Uses pipes instead of pseudo-terminals.</summary>
    public const string NoPtyName = "--no-pty";

    /// <summary>The names of <see cref="FailureAction"/>, for completion.</summary>
    public static readonly string[] FailureActionNames = [.. Enum.GetValues<FailureAction>().Select(a => a.ToText())];

    private readonly EnvOption<DaemonMode> _mode = new(
        new Option<bool>("--overmind") { Description = "Let overmind and tmux run the processes, instead of the daemon itself" },
        "OVERMIND_GUI_MODE", TryMode, "native or overmind", DaemonMode.Native);

    private readonly EnvOption<string> _noPty = new(
        new Option<string[]>(NoPtyName)
        {
            Description = "Pipes instead of a terminal, for all processes or for those named (may be repeated; commas between names)",
            HelpName = "name",
            Arity = ArgumentArity.ZeroOrMore,
            CompletionSources = { ProcessWords.NameList },
        },
        "OVERMIND_GUI_NO_PTY", TryText, "names of processes", "");

    private readonly EnvOption<int> _columns = Size("--columns", "OVERMIND_GUI_COLUMNS", "Width", TerminalSize.Default.Columns);
    private readonly EnvOption<int> _lines = Size("--lines", "OVERMIND_GUI_LINES", "Height", TerminalSize.Default.Rows);

    private readonly EnvOption<FailureAction> _onFailure = new(
        Text("--on-failure", "action", $"What happens to a process whose output matches a failure declaration: {FailureActions.Accepted} (default: restart)", FailureActionNames),
        "OVERMIND_GUI_ON_FAILURE", (string text, out FailureAction value) => Get(FailureActions.Parse(text), out value), FailureActions.Accepted, FailureAction.Restart);

    private readonly EnvOption<OrphanChoice> _orphans = new(
        Text("--orphans", "choice", "What to do with processes that a killed daemon has left: kill (default) or adopt", ["kill", "adopt"]),
        "OVERMIND_GUI_ORPHANS", TryOrphans, "kill or adopt", OrphanChoice.Kill);

    private readonly HubArguments _hub = new();
    private readonly OtlpArguments _otlp = new();
    private readonly KeepFlags _keep = new();

    /// <summary>The planning options.</summary>
    public PlanFlags Plan { get; } = new();

    public void AddTo(Command command)
    {
        _mode.AddTo(command);
        _noPty.AddTo(command);
        _columns.AddTo(command);
        _lines.AddTo(command);
        _onFailure.AddTo(command);
        Plan.AddTo(command);
        _keep.AddTo(command);
        _orphans.AddTo(command);
        _hub.AddTo(command);
        _otlp.AddTo(command);
    }

    /// <summary>The daemon's options from flags and variables.</summary>
    /// <exception cref="CommandFailure">A variable is invalid.</exception>
    public DaemonOptions Read(ParseResult words, ProjectFolder folder)
    {
        var plan = Plan.ReadForDaemon(words);
        return new DaemonOptions
        {
            Folder = folder,
            Mode = _mode.Read(words),
            Window = new TerminalSize(_columns.Read(words), _lines.Read(words)),
            Piped = PipedProcesses.Parse(_noPty.Read(words), _noPty.Source(words) ?? ""),
            OnFailure = _onFailure.Read(words),
            Plan = plan.Options,
            Watch = plan.Watch,
            Keep = _keep.Read(words),
            Orphans = _orphans.Read(words),
            UserState = UserState.OfThisUser(),
            Hub = _hub.Read(words),
            Otlp = _otlp.Read(words),
        };
    }

    /// <summary>The given flags, for starting a daemon with them; it reads the variables itself.</summary>
    /// <exception cref="CommandFailure">A variable is invalid.</exception>
    public IReadOnlyList<string> Arguments(ParseResult words)
    {
        _ = Read(words, new ProjectFolder(".")); // reports errors here and not in a background daemon
        return
        [
            .. _mode.Arguments(words), .. _columns.Arguments(words), .. _lines.Arguments(words), .. _noPty.Arguments(words),
            .. _onFailure.Arguments(words), .. Plan.ReadForDaemon(words).Arguments, .. _keep.Arguments(words), .. _orphans.Arguments(words), .. _hub.Arguments(words),
            .. _otlp.Arguments(words),
        ];
    }

    /// <summary>The hub that a flag names; null without the flag.</summary>
    public HubAddress? HubFlag(ParseResult words) => _hub.Flag(words);

    /// <summary>Warns about options that have no effect on the daemon that is about to start.</summary>
    public void WarnWithoutEffect(ParseResult words)
    {
        if (_mode.Read(words) != DaemonMode.Overmind) return;
        if (PipedProcesses.Parse(_noPty.Read(words), _noPty.Source(words) ?? "") is { Origin: { Length: > 0 } origin })
            Console.WriteLine($"{origin} has no effect in overmind mode: tmux gives every process a terminal");
        if (_onFailure.Arguments(words).FirstOrDefault() is { } onFailure)
            Console.WriteLine($"In overmind mode {onFailure} has no effect: failure declarations are for processes that the daemon runs itself");
    }

    private static EnvOption<int> Size(string name, string variable, string what, int whenMissing) => new(
        Text(name, "n", $"{what} of the processes' terminals (default: {whenMissing})"), variable,
        (string text, out int value) =>
        {
            var isSize = TryNumber(text, 1, TerminalSize.Largest, out var number);
            value = (int)number;
            return isSize;
        },
        $"a number from 1 to {TerminalSize.Largest}", whenMissing);

    private static Option<string?> Text(string name, string value, string description, string[]? completions = null)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = value };
        if (completions is not null) option.CompletionSources.Add(completions);
        return option;
    }

    private static bool Get<T>(T? parsed, out T value) where T : struct
    {
        value = parsed.GetValueOrDefault();
        return parsed.HasValue;
    }

    // The flag is a switch, but the variable has a text value.
    private static bool TryMode(string text, out DaemonMode mode) => Get(
        text switch { "true" => DaemonMode.Overmind, "false" => DaemonMode.Native, _ => DaemonModes.Parse(text) }, out mode);

    private static bool TryText(string text, out string value)
    {
        value = text;
        return true;
    }

    private static bool TryOrphans(string text, out OrphanChoice choice) => Get<OrphanChoice>(
        text.ToUpperInvariant() switch { "KILL" => OrphanChoice.Kill, "ADOPT" => OrphanChoice.Adopt, _ => null }, out choice);

    private static bool TryNumber(string text, long minimum, long maximum, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= minimum && number <= maximum;
}
