using System.Globalization;
using System.Text.RegularExpressions;

namespace OvermindGui.Web.Tests.Theme;

/// <summary>The dashboard's style sheets as they are served, read as far as these tests need.</summary>
internal static partial class StyleSheets
{
    public static string Ansi { get; } = Read("ansi.css");

    /// <summary>The custom properties of a theme, those for both included.</summary>
    public static Dictionary<string, string> Theme(string name)
    {
        var sheet = Read("theme.css");
        var properties = Properties(Block(sheet, ":root"));
        foreach (var (property, value) in Properties(Block(sheet, $":root[data-theme=\"{name}\"]"))) properties[property] = value;
        return properties;
    }

    /// <summary>The custom properties of a rule of <c>ansi.css</c>, such as <c>.b7</c>.</summary>
    public static Dictionary<string, string> AnsiRule(string selector) => Properties(Block(Ansi, selector));

    /// <summary>The declarations of a rule of <c>ansi.css</c>, the last of its selectors given.</summary>
    public static string AnsiBlock(string selector) => Block(Ansi, selector);

    public static double Number(this Dictionary<string, string> properties, string name) =>
        double.Parse(properties[name], CultureInfo.InvariantCulture);

    public static CssColor Color(this Dictionary<string, string> properties, string name) => CssColor.Parse(properties[name]);

    private static string Block(string sheet, string selector)
    {
        var rule = Regex.Match(sheet, $@"^{Regex.Escape(selector)}\s*\{{(?<body>[^}}]*)\}}", RegexOptions.Multiline);
        Assert.True(rule.Success, $"no rule {selector}");
        return rule.Groups["body"].Value;
    }

    private static Dictionary<string, string> Properties(string block) =>
        Property().Matches(block).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value.Trim());

    private static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "css", name));

    [GeneratedRegex(@"(?<name>--[a-z0-9-]+)\s*:\s*(?<value>[^;}]+)")]
    private static partial Regex Property();
}
