using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

/// <summary>OSC, DCS, SOS, PM and APC: titles, links, clipboards, pictures. None of it is text.</summary>
public class ControlStringTests
{
    [Theory]
    [InlineData("a\e]0;title\ab")]
    [InlineData("a\e]0;title\e\\b")]
    [InlineData("a\e]8;;http://example.org\e\\b\e]8;;\e\\")]
    [InlineData("a\e]52;c;cm0gLXJmIH4=\ab")]
    [InlineData("a\eP1$r0m\e\\b")]
    [InlineData("a\eXsos\e\\b")]
    [InlineData("a\e^pm\e\\b")]
    [InlineData("a\e_Gf=100;AAAA\e\\b")]
    [InlineData("a\e]0;漢字 😀\ab")]
    [InlineData("a\e]0;C:\\path\\\ab")]
    [InlineData("a\e]\ab")]
    public void A_string_is_dropped(string output) => Assert.Equal("ab", Rendered.Text(output));

    [Fact]
    public void An_unterminated_string_ends_with_its_line() =>
        Assert.Equal(["a", "next"], Rendered.Texts("a\e]0;never ended\nnext"));

    [Fact]
    public void An_unterminated_string_at_the_end_of_the_output_is_dropped() => Assert.Equal("a", Rendered.Text("a\e]0;never ended"));

    [Fact]
    public void Beyond_eight_kilobytes_it_is_text_again()
    {
        var line = Rendered.Text("\e]0;" + new string('x', 10_000));
        Assert.Equal(new string('x', 10_000 + 2 - 8 * 1024), line);
    }

    [Fact]
    public void A_long_string_within_eight_kilobytes_is_dropped() =>
        Assert.Equal("b", Rendered.Text("\eP" + new string('x', 8_000) + "\e\\b"));

    [Theory]
    [InlineData("\e]0;title\e[31mred")]
    [InlineData("\ePdata\e]0;title\a\e[31mred")]
    [InlineData("\e]0;title\e\e[31mred")]
    public void An_escape_inside_ends_it_and_starts_anew(string output) =>
        Assert.Equal("<span class=\"f1\">red</span>", Rendered.Html(output));

    [Theory]
    [InlineData("\e]0;title\x18text")]
    [InlineData("\e]0;title\x1Atext")]
    public void Cancel_and_substitute_end_it(string output) => Assert.Equal("text", Rendered.Text(output));
}
