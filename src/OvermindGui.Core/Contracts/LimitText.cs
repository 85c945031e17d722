using System.Globalization;
using System.Text.RegularExpressions;

namespace OvermindGui.Core.Contracts;

/// <summary>The limits of stored output as people write them: in options, variables, the settings file, the API and the dashboard.</summary>
public static partial class LimitText
{
    /// <summary>What <see cref="TryLines"/> accepts, for messages.</summary>
    public const string AcceptedLines = "a number of lines, 100 or more";

    /// <summary>What <see cref="TryDays"/> accepts, for messages.</summary>
    public const string AcceptedDays = "a number of days, 1 or more";

    /// <summary>What <see cref="TrySize"/> accepts, for messages.</summary>
    public const string AcceptedSize = "a size such as 500M or 2G, 10M or more";

    /// <summary>What <see cref="TryCrashes"/> accepts, for messages.</summary>
    public const string AcceptedCrashes = "days such as 90d or weeks such as 12w, or off";

    /// <summary>The smallest number of lines.</summary>
    public const long LeastLines = 100;

    /// <summary>The smallest size in bytes.</summary>
    public const long LeastSize = 10L << 20;

    private const string Off = "off";
    private const int MostDays = 36_500;

    public static bool TryLines(string text, out long lines) =>
        long.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out lines) && lines >= LeastLines;

    public static bool TryDays(string text, out TimeSpan age)
    {
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= MostDays;
        age = isNumber ? TimeSpan.FromDays(days) : default;
        return isNumber;
    }

    public static bool TrySize(string text, out long bytes)
    {
        bytes = 0;
        if (SizePattern().Match(text) is not { Success: true } match || !decimal.TryParse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
        var shift = match.Groups["unit"].Value.ToUpperInvariant() switch { "K" => 10, "M" => 20, "G" => 30, "T" => 40, _ => 0 };
        if (number > long.MaxValue >> shift) return false;
        bytes = (long)(number * (1L << shift));
        return bytes >= LeastSize;
    }

    /// <summary>Zero for no longer than the rest.</summary>
    public static bool TryCrashes(string text, out TimeSpan age)
    {
        age = default;
        if (text.Equals(Off, StringComparison.OrdinalIgnoreCase) || text == "0") return true;
        if (DaysPattern().Match(text) is not { Success: true } match || !int.TryParse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        var days = (long)number * (match.Groups["unit"].Value.Equals("w", StringComparison.OrdinalIgnoreCase) ? 7 : 1);
        if (days is < 1 or > MostDays) return false;
        age = TimeSpan.FromDays(days);
        return true;
    }

    /// <summary>As <see cref="TrySize"/> reads it: <c>2G</c>, <c>500M</c>.</summary>
    public static string OfSize(long bytes)
    {
        foreach (var (unit, shift) in new[] { ("T", 40), ("G", 30), ("M", 20), ("K", 10) })
            if (bytes >= 1L << shift && bytes % (1L << shift) == 0) return string.Create(CultureInfo.InvariantCulture, $"{bytes >> shift}{unit}");
        return bytes.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>As <see cref="TryCrashes"/> reads it.</summary>
    public static string OfCrashes(TimeSpan age) => age == TimeSpan.Zero ? Off : string.Create(CultureInfo.InvariantCulture, $"{age.TotalDays:0}d");

    [GeneratedRegex(@"^(?<number>[0-9]+(\.[0-9]+)?) ?(?<unit>[KMGT]?)(i?B)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SizePattern();

    [GeneratedRegex(@"^(?<number>[0-9]+) ?(?<unit>[dw]?)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DaysPattern();
}
