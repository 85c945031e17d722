using System.Text.RegularExpressions;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Failures;

/// <summary>
/// A regular expression that cannot hold up the reading of output: not by one line, and not by many that each take a little. What it takes
/// beyond a fair time for a line is a debt, what it takes less pays it off; with a second of debt it is out of force for good. The share of
/// the time that it takes says nothing: in a flood, an honest expression takes a large one.
/// </summary>
/// <param name="expression">A .NET regular expression that <see cref="LinePattern"/> takes; case does not count.</param>
public sealed class BudgetedRegex(string expression, TimeProvider time)
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MostDebt = TimeSpan.FromSeconds(1);

    // Fifty times of what most expressions take.
    private static readonly TimeSpan FairPerLine = TimeSpan.FromMicroseconds(100);
    private static readonly TimeSpan FairPerThousandCharacters = TimeSpan.FromMicroseconds(50);

    private readonly Lock _gate = new();
    private LinePattern? _pattern = LinePattern.TryParse(expression, out _, ignoreCase: true, LongestMatch);
    private TimeSpan _debt;

    /// <summary>False, too, once it is out of force.</summary>
    /// <exception cref="RegexMatchTimeoutException">It took too long. It is out of force now, and this is said only once.</exception>
    public bool Matches(string text)
    {
        if (_pattern is not { } pattern) return false;
        var before = time.GetTimestamp();
        try
        {
            var matches = pattern.Matches(text);
            if (IsFair(time.GetElapsedTime(before), text.Length)) return matches;
        }
        catch (RegexMatchTimeoutException)
        {
            // the same to whoever asked
        }

        // Two streams of a process may come here at once.
        if (Interlocked.Exchange(ref _pattern, null) is null) return false;
        throw new RegexMatchTimeoutException(text, expression, LongestMatch);
    }

    private bool IsFair(TimeSpan taken, int length)
    {
        lock (_gate)
        {
            _debt += taken - FairPerLine - FairPerThousandCharacters * length / 1_000;
            if (_debt < TimeSpan.Zero) _debt = TimeSpan.Zero;
            return _debt <= MostDebt;
        }
    }
}
