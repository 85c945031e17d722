using OvermindGui.Core.Terminal;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

/// <summary>OSC 8.</summary>
public class LinkTests
{
    private const string End = "\e]8;;\e\\";

    [Theory]
    [InlineData("\e]8;;https://example.org/a\e\\text\e]8;;\e\\ rest")]
    [InlineData("\e]8;;https://example.org/a\atext\e]8;;\a rest")]
    [InlineData("\e]8;id=1:x=y;https://example.org/a\atext\e]8;;\a rest")]
    [InlineData("\u009D8;;https://example.org/a\u009Ctext\u009D8;;\u009C rest")]
    public void Text_between_is_a_link(string output) => Assert.Equal(
        "<a class=\"\" href=\"https://example.org/a\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">text</a> rest",
        Rendered.Html(output));

    [Fact]
    public void A_target_may_hold_semicolons_and_is_escaped() =>
        Assert.Contains("href=\"http://x/?a=1;b=&#39;2&#39;&amp;c\"", Rendered.Html("\e]8;;http://x/?a=1;b='2'&c\atext" + End), StringComparison.Ordinal);

    [Fact]
    public void It_survives_newlines_and_resets_of_the_style()
    {
        var lines = Rendered.Lines("\e]8;;http://x\a\e[31mone\ntwo\e[m three"u8.ToArray());
        Assert.All(lines.SelectMany(l => l.Runs), run => Assert.Equal("http://x", run.Style.Link));
        Assert.Equal(3, lines.Sum(l => l.Runs.Length));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JavaScript:alert(1)")]
    [InlineData(" javascript:alert(1)")]
    [InlineData("java\tscript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("vbscript:x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.org")]
    [InlineData("//example.org")]
    [InlineData("/relative")]
    [InlineData("http://exämple.org")]
    [InlineData("https://example.org/a b")]
    [InlineData("not a target")]
    public void Other_targets_leave_the_text_alone(string target) => Assert.Equal("text", Rendered.Html($"\e]8;;{target}\atext" + End));

    [Fact]
    public void A_target_that_is_too_long_is_dropped() =>
        Assert.Equal("text", Rendered.Html($"\e]8;;http://x/{new string('a', Hyperlink.MaxLength)}\atext" + End));

    [Theory]
    [InlineData("http://example.org")]
    [InlineData("HTTPS://example.org")]
    [InlineData("mailto:someone@example.org")]
    public void Schemes_of_the_web_and_of_mail_are_accepted(string target) => Assert.Equal(target, Hyperlink.Accept(target));
}
