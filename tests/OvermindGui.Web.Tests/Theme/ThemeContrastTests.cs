using System.Text.RegularExpressions;
using MudBlazor;
using MudBlazor.Utilities;
using OvermindGui.Core.Contracts;
using OvermindGui.Web.Components.Layout;

namespace OvermindGui.Web.Tests.Theme;

/// <summary>WCAG 2.2, 1.4.3 (AA): text needs a contrast of 4.5 to 1; 1.4.11: marks that mean something need 3 to 1.</summary>
public sealed class ThemeContrastTests
{
    private const double Enough = 4.5;
    private const double EnoughForMarks = 3;

    private static readonly string[] Themes = ["dark", "light"];

    // Which text stands on which background, by the style sheets of the components.
    private static readonly (string Text, string Background)[] Pairs =
    [
        ("text", "background"), ("text", "surface"), ("text", "hover"), ("text", "bad-surface"), ("text", "warn-surface"),
        ("text-2", "background"), ("text-2", "surface"), ("text-2", "hover"), ("text-2", "bad-surface"), ("text-2", "warn-surface"),
        ("text-3", "background"), ("text-3", "surface"), ("text-3", "hover"),
        ("log-text", "background"), ("log-text", "hover"),
        ("accent", "background"), ("accent", "surface"), ("accent", "hover"),
        ("good", "surface"), ("good", "hover"),
        ("warn", "surface"), ("warn", "hover"), ("warn", "warn-surface"),
        ("bad", "surface"), ("bad", "hover"), ("bad", "bad-surface"),
        ("text", "select"), ("text-2", "select"), ("text-3", "select"), ("accent", "select"), ("good", "select"), ("warn", "select"), ("bad", "select"),
        ("good", "background"), ("bad", "background"), ("warn", "bad-surface"), ("text-3", "warn-surface"), ("text", "raised"), ("warn", "background"), ("hit-text", "hit"), ("current-hit-text", "current-hit"),
    ];

    public static TheoryData<string, string, string> TextPairs()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var theme in Themes)
            foreach (var (text, background) in Pairs) data.Add(theme, text, background);
        return data;
    }

    public static TheoryData<string, int> AnsiColors() => ByTheme(Enumerable.Range(0, 16));

    public static TheoryData<string, int> PrefixColors() => ByTheme(Enumerable.Range(0, 12).Select(ProcessColors.ForPosition));

    [Theory]
    [MemberData(nameof(TextPairs))]
    public void Text_can_be_read_on_its_background(string theme, string text, string background)
    {
        var properties = StyleSheets.Theme(theme);
        CanBeRead(properties.Color($"--{text}"), properties.Color($"--{background}"));
    }

    [Theory]
    [InlineData("dark", "primary")]
    [InlineData("light", "primary")]
    [InlineData("dark", "danger")]
    [InlineData("light", "danger")]
    public void Text_can_be_read_on_a_filled_button(string theme, string fill)
    {
        var properties = StyleSheets.Theme(theme);
        CanBeRead(properties.Color($"--on-{fill}"), properties.Color($"--{fill}"));
    }

    [Theory]
    [InlineData("dark")]
    [InlineData("light")]
    public void Text_of_the_log_has_the_higher_contrast_of_AAA(string theme)
    {
        var properties = StyleSheets.Theme(theme);
        foreach (var background in (string[])["--background", "--hover", "--select"])
            CanBeRead(properties.Color("--log-text"), properties.Color(background), background, enough: 7);
    }

    [Theory]
    [MemberData(nameof(AnsiColors))]
    public void Each_of_the_16_colours_can_be_read_in_the_log(string theme, int index)
    {
        var properties = StyleSheets.Theme(theme);
        foreach (var background in (string[])["--background", "--hover"])
            CanBeRead(AsShown(properties, properties.Color($"--a{index}")), properties.Color(background));
    }

    [Theory]
    [MemberData(nameof(PrefixColors))]
    public void A_process_name_can_be_read_in_the_log_and_in_the_list(string theme, int index)
    {
        var properties = StyleSheets.Theme(theme);
        foreach (var background in (string[])["--background", "--hover", "--surface", "--select"])
            CanBeRead(properties.Color($"--a{index}"), properties.Color(background));
    }

    /// <remarks>Their own values cannot be read on both themes; the style sheet moves their lightness.</remarks>
    [Theory]
    [InlineData("dark")]
    [InlineData("light")]
    public void The_other_240_colours_can_be_read_in_the_log(string theme)
    {
        var properties = StyleSheets.Theme(theme);
        for (var index = 16; index < 256; index++)
            CanBeRead(AsShown(properties, StyleSheets.AnsiRule($".f{index}").Color("--fg")), properties.Color("--background"), $"f{index}");
    }

    [Fact]
    public void Text_without_a_colour_can_be_read_on_each_of_the_256_backgrounds()
    {
        for (var index = 0; index < 256; index++)
        {
            var rule = StyleSheets.AnsiRule($".b{index}");
            CanBeRead(rule.Color("--fg"), rule.Color("--bg"), $"b{index}");
        }
    }

    /// <remarks>It brings its own background: it may stand in text on any.</remarks>
    [Theory]
    [InlineData("dark")]
    [InlineData("light")]
    public void The_name_of_a_direction_control_can_be_read_anywhere(string theme)
    {
        var rule = StyleSheets.AnsiBlock(".line .control");
        var (text, background) = (Variable(rule, "color"), Variable(rule, "background"));
        var properties = StyleSheets.Theme(theme);
        CanBeRead(properties.Color(text), properties.Color(background));
    }

    [Theory]
    [InlineData("dark", "--a1")] // the rule of stderr
    [InlineData("light", "--a1")]
    [InlineData("dark", "--accent")] // the outline of a link with the focus
    [InlineData("light", "--accent")]
    [InlineData("dark", "--current-hit")] // a hit has a text colour of its own; which one is the current must be seen
    public void Marks_can_be_seen_in_the_log(string theme, string color)
    {
        var properties = StyleSheets.Theme(theme);
        foreach (var background in (string[])["--background", "--hover"])
            CanBeRead(properties.Color(color), properties.Color(background), $"{color} on {background}", EnoughForMarks);
    }

    [Theory]
    [MemberData(nameof(AnsiColors))]
    public void An_underline_in_each_of_the_16_colours_can_be_seen_in_the_log(string theme, int index)
    {
        var properties = StyleSheets.Theme(theme);
        foreach (var background in (string[])["--background", "--hover"])
            CanBeRead(AsShown(properties, properties.Color($"--a{index}")), properties.Color(background), $"a{index}", EnoughForMarks);
    }

    [Fact]
    public void Text_of_the_component_library_can_be_read()
    {
        foreach (var palette in (Palette[])[DashboardTheme.Theme.PaletteDark, DashboardTheme.Theme.PaletteLight])
        {
            CanBeRead(Of(palette.AppbarText), Of(palette.AppbarBackground));
            CanBeRead(Of(palette.DrawerText), Of(palette.DrawerBackground));
            CanBeRead(Of(palette.TextPrimary), Of(palette.Surface));
            CanBeRead(Of(palette.TextSecondary), Of(palette.Surface));
            CanBeRead(Of(palette.PrimaryContrastText), Of(palette.Primary));
            CanBeRead(Of(palette.ErrorContrastText), Of(palette.Error));
        }
    }

    private static TheoryData<string, int> ByTheme(IEnumerable<int> indexes) =>
        new(Themes.SelectMany(theme => indexes.Select(index => (theme, index))));

    // The rule ".line span" of ansi.css.
    private static CssColor AsShown(Dictionary<string, string> theme, CssColor color) =>
        color.WithLightness(theme.Number("--min-l"), theme.Number("--max-l"));

    private static CssColor Of(MudColor color) => CssColor.Parse(color.ToString(MudColorOutputFormats.Hex));

    private static string Variable(string block, string property) =>
        Regex.Match(block, $@"(?m)^\s*{property}: var\((?<name>--[a-z0-9-]+)\);").Groups["name"].Value;

    private static void CanBeRead(CssColor text, CssColor background, string name = "it", double enough = Enough)
    {
        var contrast = text.ContrastWith(background);
        Assert.True(contrast >= enough, $"{name} has a contrast of only {contrast:0.00}");
    }
}
