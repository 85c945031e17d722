namespace OvermindGui.Logs;

/// <summary>The stored time of a line as a point in time.</summary>
internal static class LineTime
{
    private static readonly long First = DateTimeOffset.MinValue.AddDays(1).ToUnixTimeMilliseconds();
    private static readonly long Last = DateTimeOffset.MaxValue.AddDays(-1).ToUnixTimeMilliseconds();

    /// <summary>Never fails: another program may have stored a number that is no date.</summary>
    public static DateTimeOffset Of(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, First, Last));
}
