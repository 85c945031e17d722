using System.Globalization;
using System.Text.RegularExpressions;

namespace OvermindGui.Core.Output;

/// <summary>
/// A moment as people write it or paste it: a span before now (<c>10m</c>, <c>-2h30m</c>, <c>1d ago</c>), the last time of day
/// (<c>14:30</c>), <c>yesterday 9:00</c>, a date with optional time and zone (<c>2026-01-31T14:30:00Z</c>), or Unix seconds or milliseconds.
/// Without a zone it is in the zone of the <see cref="TimeProvider"/>.
/// </summary>
public static partial class PastTime
{
    /// <summary>The formats that <see cref="TryParse"/> accepts, for messages.</summary>
    public const string Accepted =
        "a time such as 14:30 or yesterday 9:00, a span before now such as 10m, 2h30m or 1d, or a date such as 2026-01-31 or 2026-01-31T14:30:00Z";

    // Clocks of two machines differ.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    private static readonly string[] Clocks = ["H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF"];

    private static readonly string[] Dates =
        ["yyyy-MM-dd", .. from separator in "T " from clock in Clocks select $"yyyy-MM-dd'{separator}'{clock}"];

    private static readonly string[] ZonedDates = [.. Dates.Skip(1).Select(format => format + "K")];

    /// <summary>False when the text cannot be used; <paramref name="problem"/> then says why, to be put behind the name of the field.</summary>
    public static bool TryParse(string text, TimeProvider time, out DateTimeOffset moment, out string problem)
    {
        var now = time.GetUtcNow();
        problem = !TryRead(text, time, out moment) ? $"expected {Accepted}"
            : moment > now + Tolerance ? $"{Local(moment, time)} is in the future; it is {Local(now, time)} now"
            : "";
        return problem.Length == 0;
    }

    /// <summary>Like <see cref="TryParse"/>, for an end: one in the future leaves nothing out.</summary>
    public static bool TryParseEnd(string text, TimeProvider time, out DateTimeOffset moment, out string problem)
    {
        var valid = TryRead(text, time, out moment);
        problem = valid ? "" : $"expected {Accepted}";
        return valid;
    }

    private static bool TryRead(string text, TimeProvider time, out DateTimeOffset moment)
    {
        var culture = CultureInfo.InvariantCulture;
        text = text.Trim().Trim('[', ']').Trim();
        moment = time.GetUtcNow();
        if (text.Equals("now", StringComparison.OrdinalIgnoreCase)) return true;
        if (SpanForm().Match(text) is { Success: true } span) return TrySubtract(moment, span, out moment);
        if (UnixForm().IsMatch(text))
        {
            var number = long.Parse(text, culture);
            moment = DateTimeOffset.FromUnixTimeMilliseconds(text.Length > 10 ? number : number * 1000);
            return true;
        }

        var (today, zone) = (time.GetLocalNow().Date, time.LocalTimeZone);
        if (DayForm().Match(text) is { Success: true } day)
        {
            if (!TryClock(day.Groups["clock"].Value is { Length: > 0 } clock ? clock : "0:00", out var ofDay)) return false;
            moment = InZone(today.AddDays(day.Groups["day"].Value.StartsWith("y", StringComparison.OrdinalIgnoreCase) ? -1 : 0) + ofDay, zone);
            return true;
        }

        if (TryClock(text, out var last))
        {
            moment = InZone(today + last, zone);
            if (moment > time.GetUtcNow()) moment = InZone(today.AddDays(-1) + last, zone);
            return true;
        }

        text = FractionComma().Replace(text, ".");
        if (DateTime.TryParseExact(text, Dates, culture, DateTimeStyles.None, out var local) && local.Year is > 1 and < 9999)
        {
            moment = InZone(local, zone);
            return true;
        }

        // "UTC" and "+0100" are ISO 8601's Z and +01:00 as many programs print them.
        text = ZoneName().Replace(BareOffset().Replace(text, "${hours}:${minutes}"), "Z");
        return DateTimeOffset.TryParseExact(text, ZonedDates, culture, DateTimeStyles.None, out moment);
    }

    private static bool TryClock(string text, out TimeSpan ofDay)
    {
        var valid = TimeOnly.TryParseExact(FractionComma().Replace(text, "."), Clocks, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock);
        ofDay = clock.ToTimeSpan();
        return valid;
    }

    private static bool TrySubtract(DateTimeOffset now, Match span, out DateTimeOffset moment)
    {
        var seconds = Number("w") * 604_800 + Number("d") * 86_400 + Number("h") * 3_600 + Number("m") * 60 + Number("s");
        var fits = seconds < (now - DateTimeOffset.MinValue).TotalSeconds;
        moment = fits ? now - TimeSpan.FromSeconds(seconds) : default;
        return fits;

        double Number(string unit) =>
            span.Groups[unit] is { Success: true, Value: var digits } ? double.Parse(digits, CultureInfo.InvariantCulture) : 0;
    }

    private static string Local(DateTimeOffset moment, TimeProvider time) =>
        TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    // Not a conversion, because that fails for a local time skipped by daylight saving time.
    private static DateTimeOffset InZone(DateTime local, TimeZoneInfo zone) =>
        new(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone.GetUtcOffset(local));

    [GeneratedRegex(
        @"^-?(?=[0-9])((?<w>[0-9]+)w)?((?<d>[0-9]+)d)?((?<h>[0-9]+)h)?((?<m>[0-9]+)m(in)?)?((?<s>[0-9]+)s)?(?<=[a-z])( ago)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex SpanForm();

    [GeneratedRegex(@"^([0-9]{10}|[0-9]{13})\z", RegexOptions.CultureInvariant)]
    private static partial Regex UnixForm();

    [GeneratedRegex(@"^(?<day>today|yesterday)( +(at )?(?<clock>[0-9:.,]+))?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex DayForm();

    [GeneratedRegex(@"(?<=:[0-9]{2}),(?=[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex FractionComma();

    [GeneratedRegex(@"(?<hours>[+-][0-9]{2})(?<minutes>[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex BareOffset();

    [GeneratedRegex(@" ?(UTC|GMT|z)\z", RegexOptions.CultureInvariant)]
    private static partial Regex ZoneName();
}
