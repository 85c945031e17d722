using System.CommandLine;
using System.CommandLine.Parsing;
using OvermindGui.Commands;

namespace OvermindGui.Options;

/// <summary>An option with a variable: the flag wins over the variable, and the variable over the default.</summary>
/// <param name="option">Of text, of texts (which commas join), or a switch.</param>
/// <param name="variable">Null for an option that has none; an empty one counts as not set.</param>
/// <param name="parse">Reads the text of either; false when it means nothing. A bare flag is the text <c>true</c>.</param>
/// <param name="accepted">What <paramref name="parse"/> takes, for messages.</param>
/// <param name="whenMissing">The value where neither is given.</param>
internal sealed class EnvOption<T>(Option option, string? variable, EnvOption<T>.Parser parse, string accepted, T whenMissing)
{
    /// <summary>Reads a text; false when it means nothing.</summary>
    public delegate bool Parser(string text, out T value);

    /// <summary>Adds the option. A flag that means nothing is an error of the command line, with its usage.</summary>
    public void AddTo(Command command)
    {
        if (option is not Option<bool>)
            option.Validators.Add(result =>
            {
                if (Text(result) is { } text && !parse(text, out _)) result.AddError($"{option.Name} {text}: expected {accepted}");
            });
        command.Add(option);
    }

    /// <summary>The value of flag, variable or default.</summary>
    /// <exception cref="CommandFailure">The variable means nothing.</exception>
    public T Read(ParseResult words) => Of(Flag(words));

    /// <summary>The same for the text of a flag, null where it was not given.</summary>
    /// <exception cref="CommandFailure">The text, or else the variable, means nothing.</exception>
    public T Of(string? flag)
    {
        if ((flag ?? Variable()) is not { } text) return whenMissing;
        if (parse(text, out var value)) return value;
        throw new CommandFailure($"{(flag is null ? $"{variable}=" : $"{option.Name} ")}{text}: expected {accepted}");
    }

    /// <summary>The name of the flag or the variable that gave the value; null where neither did.</summary>
    public string? Source(ParseResult words) => Flag(words) is not null ? option.Name : Variable() is not null ? variable : null;

    /// <summary>The flag as it was given, for another run with it, which reads the variable itself; nothing when it was not.</summary>
    public IEnumerable<string> Arguments(ParseResult words) => Flag(words) is not { } text ? []
        : option is Option<bool> && text == "true" ? [option.Name]
        : [$"{option.Name}={text}"];

    private string? Flag(ParseResult words) => words.GetResult(option) is { Implicit: false } result ? Text(result) : null;

    private string? Variable() =>
        variable is not null && Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    // A flag that may be repeated and once stands without a value is a bare one.
    private static string? Text(OptionResult result) =>
        result.IdentifierTokenCount > result.Tokens.Count ? "true" : string.Join(',', result.Tokens.Select(t => t.Value));
}
