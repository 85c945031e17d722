using System.CommandLine;
using OvermindGui.Core.Contracts;
using OvermindGui.Invocation;

namespace OvermindGui.Options;

/// <summary>The processes of a command: names and patterns, as separate words or separated by commas.</summary>
internal sealed class ProcessNames
{
    private const string Everything = "*";

    // Overmind's own verbs, which apply to all processes without a name. Those of the original overmind-gui require one.
    private static readonly string[] MeanAllByThemselves = ["kill", "k", "r", "interrupt", "i"];

    private readonly Argument<string[]> _names = new("process_name")
    {
        Description = "Names in the Procfile, or patterns such as 'worker*'; '*' means all",
        Arity = ArgumentArity.ZeroOrMore,
        CompletionSources = { ProcessWords.Names },
    };

    public ProcessNames() => _names.Validators.Add(OptionValidators.RefuseUnknown);

    public void AddTo(Command command) => command.Add(_names);

    /// <summary>The names as typed; empty if there are none.</summary>
    public IReadOnlyList<string> Typed(ParseResult words) =>
        [.. (words.GetValue(_names) ?? []).SelectMany(n => n.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    /// <summary>The subject of the command; null for all processes.</summary>
    /// <exception cref="CommandFailure">No process is named, and the verb requires one.</exception>
    public string? Subject(ParseResult words, CommandKind kind)
    {
        var names = words.GetValue(_names) ?? [];
        if (names is [Everything]) return null;
        if (names.Length > 0) return string.Join(',', names);
        if (MeanAllByThemselves.Contains(words.CommandResult.IdentifierToken.Value)) return null;
        var verb = kind.ToText();
        throw new CommandFailure(
            $"Error: {verb} requires a process name\nUsage: {InvocationContext.Name} {verb} <process_name>\nFor all processes: {InvocationContext.Name} {verb} '*'");
    }
}
