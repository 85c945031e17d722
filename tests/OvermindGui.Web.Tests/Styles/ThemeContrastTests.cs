using System.Globalization;
using System.Text.RegularExpressions;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Styles;

/// <summary>WCAG 2.2, 1.4.3: text has a contrast of at least 4.5 to 1 with what is behind it.</summary>
public sealed partial class ThemeContrastTests
{
    private const double Enough = 4.5;

    private static readonly string[] Behind = ["background", "surface", "hover"];
    private static readonly string[] Texts = ["text", "text-2", "text-3", "log-text", "accent", "good", "warn", "bad"];

    [Theory]
    [InlineData("dark")]
    [InlineData("light")]
    public void All_text_can_be_read_on_every_surface(string theme)
    {
        var colors = Theme(theme);
        var inks = Texts.Concat(Enumerable.Range(0, 16).Select(i => $"a{i}"));
        var failures = inks
            .SelectMany(_ => Behind, (ink, surface) => (Ink: ink, Surface: surface, Contrast: Contrast(colors[ink], colors[surface])))
            .Where(pair => pair.Contrast < Enough)
            .Select(pair => $"{pair.Ink} on {pair.Surface}: {pair.Contrast:0.00}");
        Assert.Empty(failures);
    }

    [Theory]
    [InlineData("dark")]
    [InlineData("light")]
    public void Banners_can_be_read(string theme)
    {
        var colors = Theme(theme);
        foreach (var (ink, surface) in (ReadOnlySpan<(string, string)>)[("warn", "warn-surface"), ("bad", "bad-surface"), ("text-2", "warn-surface"), ("text-2", "bad-surface")])
            Assert.True(Contrast(colors[ink], colors[surface]) >= Enough, $"{ink} on {surface}");
    }

    [Theory]
    [InlineData("#2563eb")]
    [InlineData("#dc2626")]
    public void White_can_be_read_on_filled_buttons(string fill) => Assert.True(Contrast("#ffffff", fill) >= Enough);

    private static Dictionary<string, string> Theme(string name)
    {
        var css = StyleSheets.Read("theme.css");
        var block = css[css.IndexOf($"[data-theme=\"{name}\"]", StringComparison.Ordinal)..];
        return Property().Matches(block[..block.IndexOf('}', StringComparison.Ordinal)]).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
    }

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex) =>
        0.2126 * Linear(hex[1..3]) + 0.7152 * Linear(hex[3..5]) + 0.0722 * Linear(hex[5..7]);

    private static double Linear(string channel)
    {
        var value = int.Parse(channel, NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    [GeneratedRegex(@"--([a-z0-9-]+): (#[0-9a-f]{6});")]
    private static partial Regex Property();
}
