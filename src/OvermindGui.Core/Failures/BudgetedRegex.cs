using System.Text.RegularExpressions;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Failures;

/// <summary>
/// A regular expression with a time budget, so that neither one slow line nor many slightly slow ones can delay reading output. Time beyond
/// a fair amount per line adds to a debt, and faster lines reduce it; at one second of debt the expression is disabled permanently. Its
/// share of the total time would be no criterion: in a flood, a good expression also takes a large share.
/// </summary>
/// <param name="expression">A .NET regular expression that <see cref="LinePattern"/> accepts; case is ignored.</param>
public sealed class BudgetedRegex(string expression, TimeProvider time)
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MostDebt = TimeSpan.FromSeconds(1);

    // Fifty times what most expressions take.
    private static readonly TimeSpan FairPerLine = TimeSpan.FromMicroseconds(100);
    private static readonly TimeSpan FairPerThousandCharacters = TimeSpan.FromMicroseconds(50);

    private readonly Lock _gate = new();
    private LinePattern? _pattern = LinePattern.TryParse(expression, out _, ignoreCase: true, LongestMatch);
    private TimeSpan _debt;

    /// <summary>Also returns false once the expression is disabled.</summary>
    /// <exception cref="RegexMatchTimeoutException">The expression took too long and is now disabled. Thrown only once.</exception>
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
            // handled below like an exceeded budget
        }

        // Two streams of a process may get here at the same time.
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
