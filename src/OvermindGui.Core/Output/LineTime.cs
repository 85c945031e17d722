using System.Globalization;

namespace OvermindGui.Core.Output;

/// <summary>The stored time of a line as a point in time.</summary>
public static class LineTime
{
    private static readonly long First = DateTimeOffset.MinValue.AddDays(1).ToUnixTimeMilliseconds();
    private static readonly long Last = DateTimeOffset.MaxValue.AddDays(-1).ToUnixTimeMilliseconds();

    /// <summary>Never throws, even if another program stored a number that is no valid date.</summary>
    public static DateTimeOffset Of(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, First, Last));

    /// <summary>For machine-readable output: <c>2026-01-31T14:30:00.123+00:00</c>.</summary>
    public static string TextOf(long milliseconds) =>
        Of(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
}
