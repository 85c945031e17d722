using System.Text;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Web.Tests.Live;

public sealed class HtmlRendererTests
{
    private static readonly TextStyle Plain = TextStyle.Default;

    [Fact]
    public void A_line_without_style_has_no_span() => Assert.Equal("a &amp; b", Render(StyledLine.Plain("a & b")));

    [Fact]
    public void Only_what_has_a_style_is_a_span()
    {
        var red = Plain with { Foreground = TerminalColor.Palette(1) };
        Assert.Equal(
            "a <span class=\"f1\">red</span> rose",
            Render(new StyledLine("a red rose", [new(0, 2, Plain), new(2, 3, red), new(5, 5, Plain)])));
    }

    [Fact]
    public void Attributes_and_palette_colours_are_classes()
    {
        var style = new TextStyle(TextAttributes.Bold | TextAttributes.Underline, TerminalColor.Palette(9), TerminalColor.Palette(200));
        Assert.Equal("<span class=\"bold underline f9 b200\">x</span>", Render(new StyledLine("x", [new(0, 1, style)])));
    }

    [Fact]
    public void True_colours_are_custom_properties()
    {
        var style = new TextStyle(TextAttributes.None, TerminalColor.Rgb(1, 2, 255), TerminalColor.Rgb(16, 0, 0));
        Assert.Equal("<span class=\"\" style=\"--fg:#0102ff;--bg:#100000\">x</span>", Render(new StyledLine("x", [new(0, 1, style)])));
    }

    [Fact]
    public void A_true_background_alone_leaves_the_foreground_to_the_theme()
    {
        var style = Plain with { Background = TerminalColor.Rgb(16, 0, 0) };
        Assert.Equal("<span class=\"\" style=\"--bg:#100000\">x</span>", Render(new StyledLine("x", [new(0, 1, style)])));
    }

    [Fact]
    public void All_five_special_characters_are_escaped()
    {
        var html = new StringBuilder();
        HtmlRenderer.AppendEscaped(html, "&<>\"'&");
        Assert.Equal("&amp;&lt;&gt;&quot;&#39;&amp;", html.ToString());
    }

    private static string Render(StyledLine line)
    {
        var html = new StringBuilder();
        HtmlRenderer.Append(html, line);
        return html.ToString();
    }
}
