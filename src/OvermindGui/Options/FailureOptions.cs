using System.CommandLine;
using OvermindGui.Commands;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Options;

/// <summary>What a daemon does about failures. The flag wins over its variable, and that over the default.</summary>
internal sealed class FailureOptions
{
    private const string OnFailureVariable = "OVERMIND_GUI_ON_FAILURE";
    /// <summary>What the option takes.</summary>
    public static readonly string[] Actions = [.. Enum.GetValues<FailureAction>().Select(a => a.ToText())];

    private const FailureAction Default = FailureAction.Restart;

    private readonly Option<string?> _onFailure = new("--on-failure")
    {
        Description = $"What happens to a process whose output matches a failure declaration: {FailureActions.Accepted} (default: {Default.ToText()})",
        HelpName = "action",
        CompletionSources = { Actions },
    };

    public FailureOptions() => _onFailure.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var value }] && FailureActions.Parse(value) is null)
            result.AddError($"{_onFailure.Name} {value}: expected {FailureActions.Accepted}");
    });

    public void AddTo(Command command) => command.Add(_onFailure);

    /// <exception cref="CommandFailure">The variable has a value that means nothing.</exception>
    public FailureChoice Read(ParseResult words)
    {
        var given = words.GetValue(_onFailure);
        return new FailureChoice(
            FailureActions.Parse(given) ?? FromEnvironment() ?? Default, given is null ? [] : [$"{_onFailure.Name}={given}"]);
    }

    private static FailureAction? FromEnvironment() => Environment.GetEnvironmentVariable(OnFailureVariable) is { Length: > 0 } value
        ? FailureActions.Parse(value) ?? throw new CommandFailure($"{OnFailureVariable}={value}: expected {FailureActions.Accepted}")
        : null;
}

/// <summary>What was asked for.</summary>
/// <param name="Arguments">The flag, where it was given, for a daemon that is started with it; it reads the variable itself.</param>
internal sealed record FailureChoice(FailureAction OnFailure, IReadOnlyList<string> Arguments)
{
    /// <summary>Tells that the flag was given for nothing, if it was.</summary>
    public void TellWithoutEffect(DaemonMode mode)
    {
        if (mode == DaemonMode.Overmind && Arguments.Count > 0)
            Console.WriteLine($"In overmind mode {string.Join(' ', Arguments)} has no effect: failure declarations are for processes that the daemon runs itself");
    }
}
