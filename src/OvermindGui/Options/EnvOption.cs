using System.CommandLine;
using System.CommandLine.Parsing;
using OvermindGui.Invocation;

namespace OvermindGui.Options;

/// <summary>An option with an environment variable. The flag overrides the variable, and the variable overrides the default.</summary>
/// <param name="option">A text, a list of texts (joined by commas), or a switch.</param>
/// <param name="variable">Null for an option without a variable; an empty variable counts as unset.</param>
/// <param name="parse">Parses flag or variable; returns false for invalid text. A flag without a value has the text <c>true</c>.</param>
/// <param name="accepted">The values that <paramref name="parse"/> accepts, for messages.</param>
/// <param name="whenMissing">The default.</param>
internal sealed class EnvOption<T>(Option option, string? variable, EnvOption<T>.Parser parse, string accepted, T whenMissing)
{
    /// <summary>Parses a text; returns false when it is invalid.</summary>
    public delegate bool Parser(string text, out T value);

    /// <summary>Adds the option to a command. An invalid flag is a usage error.</summary>
    public void AddTo(Command command)
    {
        if (option is not Option<bool>)
            option.Validators.Add(result =>
            {
                if (Text(result) is { } text && !parse(text, out _)) result.AddError($"{option.Name} {text}: expected {accepted}");
            });
        command.Add(option);
    }

    /// <summary>The value of the flag, the variable, or the default.</summary>
    /// <exception cref="CommandFailure">The variable is invalid.</exception>
    public T Read(ParseResult words) => Of(Flag(words));

    /// <summary>The same for the text of a flag; null when it was not given.</summary>
    /// <exception cref="CommandFailure">The text or the variable is invalid.</exception>
    public T Of(string? flag)
    {
        if ((flag ?? Variable()) is not { } text) return whenMissing;
        if (parse(text, out var value)) return value;
        throw new CommandFailure($"{(flag is null ? $"{variable}=" : $"{option.Name} ")}{text}: expected {accepted}");
    }

    /// <summary>The name of the flag or variable that supplied the value; null for the default.</summary>
    public string? Source(ParseResult words) => Flag(words) is not null ? option.Name : Variable() is not null ? variable : null;

    /// <summary>The flag as given, for restarting with it; empty if it was not given. The new process reads the variable itself.</summary>
    public IEnumerable<string> Arguments(ParseResult words) => Flag(words) is not { } text ? []
        : option is Option<bool> && text == "true" ? [option.Name]
        : [$"{option.Name}={text}"];

    private string? Flag(ParseResult words) => words.GetResult(option) is { Implicit: false } result ? Text(result) : null;

    private string? Variable() =>
        variable is not null && Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    // A repeatable flag that occurs once without a value counts as a bare flag.
    private static string? Text(OptionResult result) =>
        result.IdentifierTokenCount > result.Tokens.Count ? "true" : string.Join(',', result.Tokens.Select(t => t.Value));
}
