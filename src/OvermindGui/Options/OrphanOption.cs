using System.CommandLine;
using OvermindGui.Commands;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Options;

/// <summary><c>--orphans</c>: what becomes of processes that a killed daemon has left. The flag wins over its variable, and that over the default.</summary>
internal sealed class OrphanOption
{
    private const string Variable = "OVERMIND_GUI_ORPHANS";

    private readonly Option<string?> _orphans = new("--orphans")
    {
        Description = "What to do with processes that a killed daemon has left: kill (default) or adopt",
        HelpName = "choice",
    };

    public void AddTo(Command command) => command.Add(_orphans);

    /// <exception cref="CommandFailure">Flag or variable has a value that means nothing.</exception>
    public OrphanRequest Read(ParseResult words) =>
        words.GetValue(_orphans) is { } given ? new OrphanRequest(Parse(_orphans.Name, given), [$"{_orphans.Name}={given}"])
        : Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value ? new OrphanRequest(Parse(Variable, value), [])
        : new OrphanRequest(OrphanChoice.Kill, []);

    private static OrphanChoice Parse(string place, string value) => value.ToUpperInvariant() switch
    {
        "KILL" => OrphanChoice.Kill,
        "ADOPT" => OrphanChoice.Adopt,
        _ => throw new CommandFailure($"{place} {value}: expected kill or adopt"),
    };
}

/// <summary>What was asked for.</summary>
/// <param name="Arguments">The flag as it was given, for a daemon that is started with it; it reads the variable itself.</param>
internal sealed record OrphanRequest(OrphanChoice Choice, IReadOnlyList<string> Arguments);
