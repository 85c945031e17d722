using System.Text.RegularExpressions;
using OvermindGui.Core.Output;

namespace OvermindGui.Core.Failures;

/// <summary>
/// A regular expression that cannot hold up the reading of output: not by one line, and not by many that each take a little. It has a
/// second of time to use, and gets half of the time that passes back; when it has used that up it is out of force for good.
/// </summary>
internal sealed class PacedPattern(string expression, TimeProvider time)
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Credit = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private LinePattern? _pattern = LinePattern.TryParse(expression, out _, ignoreCase: true, LongestMatch);
    private TimeSpan _used;
    private long _last = time.GetTimestamp();

    /// <summary>False, too, once it is out of force.</summary>
    /// <exception cref="RegexMatchTimeoutException">It took too long. It is out of force now, and this is said only once.</exception>
    public bool Matches(string text)
    {
        if (_pattern is not { } pattern) return false;
        var before = time.GetTimestamp();
        try
        {
            var matches = pattern.Matches(text);
            if (Pay(before)) return matches;
        }
        catch (RegexMatchTimeoutException)
        {
            // the same to whoever asked
        }

        // Two streams of a process may come here at once.
        if (Interlocked.Exchange(ref _pattern, null) is null) return false;
        throw new RegexMatchTimeoutException(text, expression, LongestMatch);
    }

    private bool Pay(long before)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            _used -= time.GetElapsedTime(_last, now) / 2;
            if (_used < TimeSpan.Zero) _used = TimeSpan.Zero;
            _used += time.GetElapsedTime(before, now);
            _last = now;
            return _used <= Credit;
        }
    }
}
