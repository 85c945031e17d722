using System.Globalization;
using System.Text.RegularExpressions;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Styles;

public sealed partial class AnsiStyleSheetTests
{
    private static readonly int[] Levels = [0, 95, 135, 175, 215, 255];
    private static readonly string Css = StyleSheets.Read("ansi.css");

    [Fact]
    public void Cube_and_greys_are_xterms()
    {
        for (var i = 16; i < 256; i++)
        {
            Assert.Contains($".f{i} {{ --fg: {Expected(i)}; }}", Css, StringComparison.Ordinal);
            Assert.Contains($".b{i} {{ --bg: {Expected(i)}; ", Css, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_first_sixteen_foregrounds_are_the_themes()
    {
        for (var i = 0; i < 16; i++) Assert.Contains($".f{i} {{ --fg: var(--a{i}); }}", Css, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_background_stops_the_clamp()
    {
        var backgrounds = ClampRule().Match(Css).Groups[1].Value;
        for (var i = 0; i < 256; i++) Assert.Matches($@"\.b{i}\b", backgrounds);
    }

    private static string Expected(int index)
    {
        if (index >= 232) return Hex(8 + 10 * (index - 232), 8 + 10 * (index - 232), 8 + 10 * (index - 232));
        var cube = index - 16;
        return Hex(Levels[cube / 36], Levels[cube / 6 % 6], Levels[cube % 6]);
    }

    private static string Hex(int red, int green, int blue) => string.Create(CultureInfo.InvariantCulture, $"#{red:x2}{green:x2}{blue:x2}");

    [GeneratedRegex(@"\.line :is\(([^)]*)\) \{\s*--min-l: 0;")]
    private static partial Regex ClampRule();
}
