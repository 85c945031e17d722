using System.Globalization;
using System.Text.RegularExpressions;

namespace OvermindGui.Core.Project.Settings;

/// <summary>Durations in hand-written form: <c>500ms</c>, <c>1.5s</c>, <c>2m</c>, <c>1h</c>; a plain number means seconds.</summary>
internal static partial class Durations
{
    /// <summary>The form that <see cref="Parse"/> accepts, for messages.</summary>
    public const string Accepted = "a time such as 500ms, 10s, 2m or 1h, longer than nothing and at most a day";

    /// <summary>Null for any other text.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (Pattern().Match(text) is not { Success: true, Groups: var groups }) return null;
        var unit = groups["unit"].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => TimeSpan.FromSeconds(1),
        };
        var ticks = double.Parse(groups["number"].Value, CultureInfo.InvariantCulture) * unit.Ticks;
        return ticks >= TimeSpan.TicksPerMillisecond && ticks <= TimeSpan.TicksPerDay ? TimeSpan.FromTicks((long)ticks) : null;
    }

    [GeneratedRegex(@"^(?<number>[0-9]+(\.[0-9]+)?)(?<unit>ms|s|m|h)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
