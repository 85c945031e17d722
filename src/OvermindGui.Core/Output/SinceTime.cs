using System.Globalization;
using System.Text.RegularExpressions;

namespace OvermindGui.Core.Output;

/// <summary>
/// A hand-written point in the past: a time span before now (<c>10m</c>, <c>2h30m</c>, <c>1d</c>), the most recent time of day
/// (<c>14:30</c>), or a date with optional time and zone (<c>2026-01-31T14:30:00Z</c>). Without a zone it is local time.
/// </summary>
public static partial class SinceTime
{
    /// <summary>The formats that <see cref="TryParse"/> accepts, for messages.</summary>
    public const string Accepted =
        "a span such as 10m, 2h30m or 1d, a time such as 14:30, or a date such as 2026-01-31 or 2026-01-31T14:30:00Z";

    private static readonly string[] Clocks = ["H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF"];

    private static readonly string[] Dates =
        ["yyyy-MM-dd", .. from separator in "T " from clock in Clocks select $"yyyy-MM-dd'{separator}'{clock}"];

    private static readonly string[] ZonedDates = [.. Dates.Skip(1).Select(format => format + "K")];

    /// <summary>False when the text has none of these formats, or the time is out of range.</summary>
    public static bool TryParse(string text, TimeProvider time, out DateTimeOffset since)
    {
        var culture = CultureInfo.InvariantCulture;
        if (SpanForm().Match(text) is { Success: true } span) return TrySubtract(time.GetUtcNow(), span, out since);
        if (TimeOnly.TryParseExact(text, Clocks, culture, DateTimeStyles.None, out var clock))
        {
            var now = time.GetLocalNow();
            since = InZone(now.Date + clock.ToTimeSpan(), time.LocalTimeZone);
            if (since > now) since = InZone(now.Date.AddDays(-1) + clock.ToTimeSpan(), time.LocalTimeZone);
            return true;
        }

        if (DateTime.TryParseExact(text, Dates, culture, DateTimeStyles.None, out var local) && local.Year is > 1 and < 9999)
        {
            since = InZone(local, time.LocalTimeZone);
            return true;
        }

        return DateTimeOffset.TryParseExact(text, ZonedDates, culture, DateTimeStyles.None, out since);
    }

    private static bool TrySubtract(DateTimeOffset now, Match span, out DateTimeOffset since)
    {
        var seconds = Number("d") * 86_400 + Number("h") * 3_600 + Number("m") * 60 + Number("s");
        var fits = seconds < (now - DateTimeOffset.MinValue).TotalSeconds;
        since = fits ? now - TimeSpan.FromSeconds(seconds) : default;
        return fits;

        double Number(string unit) =>
            span.Groups[unit] is { Success: true, Value: var digits } ? double.Parse(digits, CultureInfo.InvariantCulture) : 0;
    }

    // Not a conversion, because that fails for a local time skipped by daylight saving time.
    private static DateTimeOffset InZone(DateTime local, TimeZoneInfo zone) =>
        new(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone.GetUtcOffset(local));

    [GeneratedRegex(@"^(?=.)((?<d>[0-9]+)d)?((?<h>[0-9]+)h)?((?<m>[0-9]+)m)?((?<s>[0-9]+)s)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex SpanForm();
}
