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

    [Theory]
    [InlineData("\e]52;c;", "\a")]
    [InlineData("\e]1337;File=:", "\e\\")]
    [InlineData("\e]0;", "\a")]
    [InlineData("\ePq", "\e\\")]
    [InlineData("\e_G", "\e\\")]
    [InlineData("\e^", "\u009C")]
    [InlineData("\eX", "\e\\")]
    public void However_long_a_string_is_it_is_never_text(string start, string end) =>
        Assert.Equal("ab", Rendered.Text("a" + start + new string('x', 3_000_000) + end + "b"));

    [Theory]
    [InlineData("\ePq")]
    [InlineData("\e_G")]
    public void A_picture_may_hold_newlines(string start) =>
        Assert.Equal("ab", Rendered.Text("a" + start + string.Concat(Enumerable.Repeat("#0!120~-\n", 50_000)) + "\e\\b"));

    [Theory]
    [InlineData("\ePq")]
    [InlineData("\e_G")]
    public void A_picture_without_an_end_swallows_a_megabyte_at_most(string start) =>
        Assert.Equal(["a", "log"], Rendered.Texts("a" + start + string.Concat(Enumerable.Repeat("#0!120~-\n", 116_508)) + "0123456789\nlog\n"));

    [Theory]
    [InlineData("\e]0;")]
    [InlineData("\e^")]
    [InlineData("\eX")]
    public void Another_long_string_without_an_end_ends_with_its_line(string start) =>
        Assert.Equal(["a", "log"], Rendered.Texts("a" + start + new string('x', 20_000) + "\nlog\n"));

    [Fact]
    public void A_link_that_is_too_long_is_no_link() =>
        Assert.Equal("text", Rendered.Html("\e]8;;https://example.org/" + new string('x', 10_000) + "\atext"));

    [Fact]
    public void A_bell_inside_a_picture_is_part_of_it() => Assert.Equal("ab", Rendered.Text("a\ePq\ax\e\\b"));

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
