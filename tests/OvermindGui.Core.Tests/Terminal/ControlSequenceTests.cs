using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

public class ControlSequenceTests
{
    [Theory]
    [InlineData("a\e[?1;2cb")]
    [InlineData("a\e[5;5rb")]
    [InlineData("a\e[?25lb")]
    [InlineData("a\e[?2004hb")]
    [InlineData("a\e[!pb")]
    [InlineData("a\e[6nb")]
    [InlineData("a\e7\e8b")]
    [InlineData("a\e=\e>b")]
    [InlineData("a\e(B\e)0b")]
    [InlineData("a\e#8b")]
    [InlineData("a\e Fb")]
    [InlineData("a\e%Gb")]
    public void Other_sequences_are_dropped(string output) => Assert.Equal("ab", Rendered.Text(output));

    [Theory]
    [InlineData("a\e[31\x18mb")]
    [InlineData("a\e[31\x1Amb")]
    public void Cancel_and_substitute_abort_a_sequence(string output) => Assert.Equal("amb", Rendered.Html(output));

    [Fact]
    public void An_escape_inside_a_sequence_starts_anew() => Assert.Equal("<span class=\"f2\">x</span>", Rendered.Html("\e[31\e[32mx"));

    [Fact]
    public void A_newline_inside_a_sequence_ends_the_line_and_the_sequence_goes_on() =>
        Assert.Equal(
            ["a", "<span class=\"f1\">b</span>"], Rendered.Lines("a\e[3\n1mb"u8.ToArray()).Select(l => Rendered.Html(l)));

    [Fact]
    public void A_carriage_return_inside_a_sequence_acts_at_once() =>
        Assert.Equal("<span class=\"f1\">x</span>bc", Rendered.Html("abc\e[3\r1mx"));

    [Theory]
    [InlineData("\e[3\u007F1mx")]
    [InlineData("\e\u007F[31mx")]
    [InlineData("\e[3\u00001mx")]
    public void Delete_and_nul_inside_a_sequence_are_ignored(string output) =>
        Assert.Equal("<span class=\"f1\">x</span>", Rendered.Html(output));

    [Fact]
    public void A_byte_of_text_beyond_ascii_gives_the_sequence_up() => Assert.Equal("aéb", Rendered.Text("a\e[31éb"));

    [Fact]
    public void Sixty_four_parameters_count() =>
        Assert.Equal("f1", Rendered.Style($"\e[{string.Concat(Enumerable.Repeat("0;", 63))}31m"));

    [Fact]
    public void More_than_sixty_four_parameters_are_ignored_and_spoil_nothing() =>
        Assert.Equal("italic", Rendered.Style($"\e[{string.Concat(Enumerable.Repeat("0;", 63))}3;1;44m"));

    [Fact]
    public void A_sequence_cut_by_the_end_of_the_output_is_dropped() => Assert.Equal("a", Rendered.Text("a\e[31"));
}
