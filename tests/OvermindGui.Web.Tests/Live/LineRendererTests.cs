using OvermindGui.Core.Output;
using OvermindGui.Core.Terminal;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Tests.Live;

public sealed class LineRendererTests
{
    [Fact]
    public void Markup_in_text_and_name_is_escaped()
    {
        var html = Render("<b onclick='x'>\"&", process: "a\"><script>");
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b onclick=&#39;x&#39;&gt;&quot;&amp;", html, StringComparison.Ordinal);
        Assert.Contains("data-p=\"a&quot;&gt;&lt;script&gt;\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LineSource.StandardOutput, "class=\"line\"")]
    [InlineData(LineSource.Terminal, "class=\"line\"")]
    [InlineData(LineSource.StandardError, "class=\"line err\"")]
    [InlineData(LineSource.Notice, "class=\"line notice\"")]
    public void The_source_is_a_class(LineSource source, string expected) =>
        Assert.Contains(expected, Render("text", source), StringComparison.Ordinal);

    [Fact]
    public void An_empty_line_keeps_its_place() => Assert.EndsWith("><br></div>", Render(""), StringComparison.Ordinal);

    [Fact]
    public void The_prefix_is_no_part_of_the_text() => Assert.EndsWith(">hello</div>", Render("hello"), StringComparison.Ordinal);

    [Fact]
    public void A_long_line_is_cut_between_characters_and_can_be_seen_whole()
    {
        var text = new string('x', LineRenderer.CutAbove - 1) + "😀" + new string('y', 10);
        var line = new OutputLine(1, "web", 0, LineSource.Terminal, StyledLine.Plain(text));
        var html = LineRenderer.Render(line).Html;
        Assert.Contains("x<button type=\"button\" class=\"whole\">… show all 16,395 characters</button>", html, StringComparison.Ordinal);
        Assert.Equal(text, LineRenderer.RenderWhole(line));
    }

    [Fact]
    public void A_cut_keeps_the_styles_before_it()
    {
        var red = TextStyle.Default with { Foreground = TerminalColor.Palette(1) };
        var line = new StyledLine("redplain", [new StyleRun(0, 3, red), new StyleRun(3, 5, TextStyle.Default)]);
        Assert.Equal([new StyleRun(0, 2, red)], StyledLineCut.To(line, 2).Runs);
        Assert.Equal([new StyleRun(0, 3, red), new StyleRun(3, 2, TextStyle.Default)], StyledLineCut.To(line, 5).Runs);
    }

    private static string Render(string text, LineSource source = LineSource.Terminal, string process = "web") =>
        LineRenderer.Render(new OutputLine(1, process, 0, source, StyledLine.Plain(text))).Html;
}
