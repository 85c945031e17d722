using System.Globalization;
using System.Text.RegularExpressions;

namespace OvermindGui.Core.Contracts;

/// <summary>Amounts of memory and disk in hand-written form: <c>600M</c>, <c>1.5G</c>, <c>512K</c>; units of 1024.</summary>
public static partial class ByteSize
{
    /// <summary>The form that <see cref="Parse"/> accepts, for messages.</summary>
    public const string Accepted = "an amount such as 600M or 1.5G";

    private static readonly string[] Units = ["B", "K", "M", "G", "T"];

    /// <summary>Null for any other text, and for nothing at all.</summary>
    public static long? Parse(string text)
    {
        if (Pattern().Match(text) is not { Success: true, Groups: var groups }) return null;
        var power = "KMGT".IndexOf(groups["unit"].Value, StringComparison.OrdinalIgnoreCase) + 1;
        var bytes = double.Parse(groups["number"].Value, CultureInfo.InvariantCulture) * Math.Pow(1024, power);
        return bytes is >= 1 and < long.MaxValue ? (long)bytes : null;
    }

    /// <summary>For display, with three digits at most: <c>0 B</c>, <c>9.5 MB</c>, <c>312 MB</c>, <c>1.2 GB</c>.</summary>
    public static string Of(double bytes)
    {
        var unit = 0;
        while (bytes >= 999.5 && unit < Units.Length - 1) (bytes, unit) = (bytes / 1024, unit + 1);
        var digits = bytes >= 9.95 || unit == 0 ? "0" : "0.0";
        return $"{bytes.ToString(digits, CultureInfo.InvariantCulture)} {(unit == 0 ? "B" : Units[unit] + "B")}";
    }

    [GeneratedRegex(@"^(?<number>[0-9]+(\.[0-9]+)?) ?(?<unit>[KMGT])i?B?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
