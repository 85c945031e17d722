using System.Text.RegularExpressions;

namespace OvermindGui.Core.Output;

/// <summary>
/// A person's regular expression over the plain text of lines. It runs in linear time where .NET can, and else for at most a second a
/// line, so that no expression hangs the program.
/// </summary>
public sealed class LinePattern
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    private readonly Regex _regex;

    private LinePattern(Regex regex) => _regex = regex;

    /// <summary>Null when the expression cannot be used; <paramref name="problem"/> then says why.</summary>
    public static LinePattern? TryParse(string expression, out string problem)
    {
        problem = "";
        try
        {
            return new LinePattern(Create(expression));
        }
        catch (RegexParseException e)
        {
            problem = e.Message;
            return null;
        }
    }

    /// <exception cref="RegexMatchTimeoutException">The line took more than a second.</exception>
    public bool Matches(string text) => _regex.IsMatch(text);

    private static Regex Create(string expression)
    {
        try
        {
            return new Regex(expression, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, MatchTimeout);
        }
        catch (NotSupportedException) // look-around, back references, or a very large expression
        {
            return new Regex(expression, RegexOptions.CultureInvariant, MatchTimeout);
        }
    }
}
