using System.CommandLine;
using OvermindGui.Commands;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Options;

/// <summary><c>--overmind</c>: who runs the processes. The flag wins over its variable, and that over the default.</summary>
internal sealed class ModeOption
{
    private const string Variable = "OVERMIND_GUI_MODE";

    private readonly Option<bool> _overmind = new("--overmind")
    {
        Description = "Let overmind and tmux run the processes, instead of the daemon itself",
    };

    public void AddTo(Command command) => command.Add(_overmind);

    /// <exception cref="CommandFailure">The variable has a value that means nothing.</exception>
    public ModeChoice Read(ParseResult words)
    {
        if (words.GetResult(_overmind) is not { Implicit: false }) return new ModeChoice(FromEnvironment(), []);
        return words.GetValue(_overmind)
            ? new ModeChoice(DaemonMode.Overmind, [_overmind.Name])
            : new ModeChoice(DaemonMode.Native, [$"{_overmind.Name}=false"]);
    }

    private static DaemonMode FromEnvironment() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value
        ? DaemonModes.Parse(value) ?? throw new CommandFailure($"{Variable}={value}: expected native or overmind")
        : DaemonMode.Native;
}

/// <summary>What was asked for.</summary>
/// <param name="Arguments">The flag as it was given, for a daemon that is started with it; it reads the variable itself.</param>
internal sealed record ModeChoice(DaemonMode Mode, IReadOnlyList<string> Arguments)
{
    /// <summary>Says so when pipes were asked for, be it by flag or variable, that nobody will get.</summary>
    public void TellWithoutEffect(TerminalChoice terminals)
    {
        if (Mode == DaemonMode.Overmind && terminals.Piped is { Origin: { Length: > 0 } origin })
            Console.WriteLine($"{origin} has no effect in overmind mode: tmux gives every process a terminal");
    }
}
