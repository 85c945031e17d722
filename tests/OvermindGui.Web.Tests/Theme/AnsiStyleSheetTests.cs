using System.Text;
using System.Text.RegularExpressions;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Web.Tests.Theme;

/// <summary>The 256 colours have fixed values (xterm's); the first 16 are the theme's.</summary>
public sealed class AnsiStyleSheetTests
{
    private static readonly int[] CubeLevels = [0, 95, 135, 175, 215, 255];

    [Fact]
    public void The_first_16_foregrounds_are_the_themes()
    {
        for (var index = 0; index < 16; index++) Assert.Equal($"var(--a{index})", StyleSheets.AnsiRule($".f{index}")["--fg"]);
    }

    [Fact]
    public void Colours_16_to_231_are_the_cube()
    {
        for (var index = 16; index < 232; index++)
        {
            var (red, green, blue) = (CubeLevels[(index - 16) / 36], CubeLevels[(index - 16) / 6 % 6], CubeLevels[(index - 16) % 6]);
            HasValue(index, $"#{red:x2}{green:x2}{blue:x2}");
        }
    }

    [Fact]
    public void Colours_232_to_255_are_greys()
    {
        for (var index = 232; index < 256; index++)
        {
            var grey = 8 + (10 * (index - 232));
            HasValue(index, $"#{grey:x2}{grey:x2}{grey:x2}");
        }
    }

    [Fact]
    public void A_background_of_the_first_16_is_the_same_colour_as_text_on_another_background()
    {
        // What ":is([style*="--bg"], .b0, …)" sets for text with a background of its own.
        var rule = StyleSheets.Ansi[StyleSheets.Ansi.IndexOf(".line :is(", StringComparison.Ordinal)..];
        rule = rule[..rule.IndexOf('}', StringComparison.Ordinal)];
        for (var index = 0; index < 16; index++)
            Assert.Contains($"--a{index}: {StyleSheets.AnsiRule($".b{index}")["--bg"]};", rule, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".bold")]
    [InlineData(".faint")]
    [InlineData(".italic")]
    [InlineData(".underline")]
    [InlineData(".strike")]
    [InlineData(".overline")]
    [InlineData(".blink")]
    [InlineData(".line .inverse")]
    [InlineData(".line .conceal")]
    public void Every_attribute_has_a_rule(string selector) =>
        Assert.Contains($"{selector} {{", StyleSheets.Ansi, StringComparison.Ordinal);

    /// <remarks>Their classes come with "underline" only, which draws the line; without it they draw none.</remarks>
    [Theory]
    [InlineData(TextAttributes.DoubleUnderline, "double")]
    [InlineData(TextAttributes.CurlyUnderline, "wavy")]
    [InlineData(TextAttributes.DottedUnderline, "dotted")]
    [InlineData(TextAttributes.DashedUnderline, "dashed")]
    public void Every_kind_of_underline_has_its_style(TextAttributes kind, string style)
    {
        var classes = new StringBuilder();
        StyleClasses.Append(classes, TextStyle.Default with { Flags = TextAttributes.Underline | kind });
        Assert.Contains($".{classes.Replace(' ', '.')} {{ text-decoration-style: {style}; }}", StyleSheets.Ansi, StringComparison.Ordinal);
    }

    [Fact]
    public void The_colour_of_an_underline_can_be_seen_as_that_of_text() =>
        Assert.Equal(
            Regex.Match(StyleSheets.AnsiBlock(".line a"), "color: (.*);").Groups[1].Value.Replace("--fg", "--ul", StringComparison.Ordinal),
            Regex.Match(StyleSheets.AnsiBlock(".line [style*=\"--ul\"]"), "text-decoration-color: (.*);").Groups[1].Value);

    [Fact]
    public void A_link_has_the_colours_of_other_text() => Assert.Matches(@"(?m)^\.line span,\n\.line a \{\n  color: oklch\(from var\(--fg\)", StyleSheets.Ansi);

    private static void HasValue(int index, string hex)
    {
        Assert.Equal(hex, StyleSheets.AnsiRule($".f{index}")["--fg"]);
        Assert.Equal(hex, StyleSheets.AnsiRule($".b{index}")["--bg"]);
    }
}
