using System.Text;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

/// <summary>What a program does to the line it is writing.</summary>
public class EditingTests
{
    [Fact]
    public void A_lone_carriage_return_overwrites_the_line() => Assert.Equal("100%", Rendered.Text("10%\r50%\r100%"));

    [Fact]
    public void A_shorter_text_leaves_the_rest_of_the_line() => Assert.Equal("done...", Rendered.Text("working\rdone..."));

    [Fact]
    public void A_backspace_moves_back_and_erases_nothing() => Assert.Equal("abc", Rendered.Text("abc\b\b"));

    [Fact]
    public void Text_after_a_backspace_overwrites() => Assert.Equal("/", Rendered.Text("|\b-\b/"));

    [Fact]
    public void A_backspace_stops_at_the_start_of_the_line() => Assert.Equal("xbc", Rendered.Text("abc\b\b\b\b\b\bx"));

    [Theory]
    [InlineData("a\tb", "a       b")]
    [InlineData("1234567\tb", "1234567 b")]
    [InlineData("12345678\tb", "12345678        b")]
    [InlineData("\t\tb", "                b")]
    [InlineData("漢字\tb", "漢字    b")]
    public void A_tab_is_kept_and_looks_like_the_blanks_to_the_next_multiple_of_eight(string output, string look)
    {
        Assert.Equal(output, Rendered.Text(output));
        Assert.Equal(look, Assert.Single(Rendered.Lines(Encoding.UTF8.GetBytes(output))).WithoutTabs().Text);
    }

    [Fact]
    public void A_tab_has_no_style_of_its_own()
    {
        var line = Assert.Single(Rendered.Lines("\e[31;4ma\tb"u8.ToArray()));
        Assert.Equal("a\tb|0+1 underline f1|1+1 |2+1 underline f1", Rendered.Describe(line));
        Assert.Equal("a       b|0+1 underline f1|1+7 |8+1 underline f1", Rendered.Describe(line.WithoutTabs()));
    }

    [Theory]
    [InlineData("a\tb\e[4GX", "a  X    b")]
    [InlineData("a\tb\e[2GX", "aX      b")]
    [InlineData("a\tb\e[8GX", "a      Xb")]
    [InlineData("a\t\e[4G\e[K", "a  ")]
    [InlineData("a\tb\e[3G\e[2Xc", "a c     b")]
    public void A_tab_that_is_written_over_becomes_blanks(string output, string line) => Assert.Equal(line, Rendered.Text(output));

    [Theory]
    [InlineData("ab\tc\r\e[2@", "  ab      c")]
    [InlineData("ab\tc\r\e[P", "b      c")]
    [InlineData("ab\tc\e[5G\e[P", "ab     c")]
    public void A_tab_that_moves_becomes_blanks(string output, string line) => Assert.Equal(line, Rendered.Text(output));

    [Fact]
    public void A_tab_survives_when_the_cursor_leaves_its_line_and_comes_back() =>
        Assert.Equal(["a\tbc", "x"], Rendered.Texts("a\tb\nx\e[A\e[10Gc"));

    [Fact]
    public void A_mark_behind_a_tab_stands_alone() => Assert.Equal("a\t\u0301", Rendered.Text("a\t\u0301"));

    [Fact]
    public void A_tab_leaves_what_is_there() => Assert.Equal("abcdefghX", Rendered.Text("abcdefghi\r\tX"));

    [Theory]
    [InlineData("abcdef\b\b\b\e[K", "abc")]
    [InlineData("abcdef\b\b\b\e[0K", "abc")]
    [InlineData("abcdef\r\e[Kx", "x")]
    [InlineData("abc\e[K", "abc")]
    public void Erase_to_the_end_keeps_what_is_before_the_cursor(string output, string line) => Assert.Equal(line, Rendered.Text(output));

    [Fact]
    public void Erase_to_the_start_blanks_up_to_and_with_the_cursor() =>
        Assert.Equal("    ef", Rendered.Text("abcdef\b\b\b\e[1K"));

    [Fact]
    public void Erase_all_keeps_the_column() => Assert.Equal("   x", Rendered.Text("abc\e[2Kx"));

    [Fact]
    public void Erase_all_after_a_carriage_return_starts_afresh() => Assert.Equal("x", Rendered.Text("abcdef\r\e[2Kx"));

    [Fact]
    public void Erasing_removes_style_too() => Assert.Equal("   x", Rendered.Html("\e[41mabc\e[m\e[2Kx"));

    [Fact]
    public void Overwriting_takes_the_new_style() =>
        Assert.Equal("<span class=\"f2\">X</span><span class=\"f1\">b</span>", Rendered.Html("\e[31mab\r\e[32mX"));

    [Fact]
    public void Unknown_erasures_leave_the_line_alone() => Assert.Equal("abc", Rendered.Text("ab\e[3Kc\e[!K\e[>K"));
}
