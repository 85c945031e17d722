using System.CommandLine;
using System.Globalization;
using OvermindGui.Commands;
using OvermindGui.Completion;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Configuration;

namespace OvermindGui.Options;

/// <summary>Options of the processes' terminals. A flag wins over its variable, and that over the default.</summary>
internal sealed class TerminalOptions
{
    public const string NoPtyName = "--no-pty";

    private const string NoPtyVariable = "OVERMIND_GUI_NO_PTY";

    private static readonly string Accepted = $"expected a number from 1 to {TerminalSize.Largest}";

    private readonly Option<string[]> _noPty = new(NoPtyName)
    {
        Description = "Pipes instead of a terminal, for all processes or for those named (may be repeated; commas between names)",
        HelpName = "name",
        Arity = ArgumentArity.ZeroOrMore,
        CompletionSources = { ProcessWords.NameList },
    };

    private readonly Option<string?> _columns = new("--columns")
    {
        Description = $"Width of the processes' terminals (default: {TerminalSize.Default.Columns})",
        HelpName = "n",
    };

    private readonly Option<string?> _lines = new("--lines")
    {
        Description = $"Height of the processes' terminals (default: {TerminalSize.Default.Rows})",
        HelpName = "n",
    };

    public TerminalOptions()
    {
        foreach (var number in new[] { _columns, _lines })
            number.Validators.Add(result =>
            {
                if (result.Tokens is [{ Value: var value }] && Number(value) is null) result.AddError($"{number.Name} {value}: {Accepted}");
            });
    }

    public void AddTo(Command command)
    {
        command.Add(_noPty);
        command.Add(_columns);
        command.Add(_lines);
    }

    /// <exception cref="CommandFailure">A variable has a value that means nothing.</exception>
    public TerminalChoice Read(ParseResult words)
    {
        var (columns, lines, noPty) = (words.GetValue(_columns), words.GetValue(_lines), GivenNoPty(words));
        var window = new TerminalSize(
            Number(columns) ?? FromEnvironment("OVERMIND_GUI_COLUMNS") ?? TerminalSize.Default.Columns,
            Number(lines) ?? FromEnvironment("OVERMIND_GUI_LINES") ?? TerminalSize.Default.Rows);
        var piped = noPty is not null
            ? PipedProcesses.Parse(noPty, NoPtyName)
            : PipedProcesses.Parse(Environment.GetEnvironmentVariable(NoPtyVariable) ?? "", NoPtyVariable);
        return new TerminalChoice(window, piped, [.. Given(_columns.Name, columns), .. Given(_lines.Name, lines), .. Given(NoPtyName, noPty)]);
    }

    // Null when the option was not given; once without names, it is for all.
    private string? GivenNoPty(ParseResult words)
    {
        if (words.GetResult(_noPty) is not { Implicit: false } result) return null;
        return result.IdentifierTokenCount > result.Tokens.Count ? "true" : string.Join(',', result.Tokens.Select(t => t.Value));
    }

    private static int? FromEnvironment(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
        ? Number(value) ?? throw new CommandFailure($"{variable}={value}: {Accepted}")
        : null;

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= TerminalSize.Largest
            ? number
            : null;

    private static IEnumerable<string> Given(string option, string? value) => value is null ? [] : [$"{option}={value}"];
}

/// <summary>What was asked for.</summary>
/// <param name="Arguments">The flags that were given, for a daemon that is started with them; it reads the variables itself.</param>
internal sealed record TerminalChoice(TerminalSize Window, PipedProcesses Piped, IReadOnlyList<string> Arguments);
