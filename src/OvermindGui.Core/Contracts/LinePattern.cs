using System.Text.RegularExpressions;

namespace OvermindGui.Core.Contracts;

/// <summary>
/// A user-supplied regular expression over the plain text of lines. It uses .NET's linear-time engine if possible. Otherwise each line has
/// a time limit, one second by default, so that no expression hangs the program.
/// </summary>
public sealed class LinePattern
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(1);

    private readonly Regex _regex;

    private LinePattern(Regex regex) => _regex = regex;

    /// <summary>Null when the expression is invalid; <paramref name="problem"/> then contains the reason.</summary>
    /// <param name="timeout">Time limit per line for expressions that cannot run in linear time; one second by default.</param>
    public static LinePattern? TryParse(string expression, out string problem, bool ignoreCase = false, TimeSpan? timeout = null)
    {
        problem = "";
        try
        {
            var options = RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
            return new LinePattern(Create(expression, options, timeout ?? LongestMatch));
        }
        catch (RegexParseException e)
        {
            problem = e.Message;
            return null;
        }
    }

    /// <exception cref="RegexMatchTimeoutException">The expression exceeded the time limit on this line.</exception>
    public bool Matches(string text) => _regex.IsMatch(text);

    private static Regex Create(string expression, RegexOptions options, TimeSpan timeout)
    {
        try
        {
            return new Regex(expression, options | RegexOptions.NonBacktracking, timeout);
        }
        catch (NotSupportedException) // look-around, back references, or a very large expression
        {
            return new Regex(expression, options, timeout);
        }
    }
}
