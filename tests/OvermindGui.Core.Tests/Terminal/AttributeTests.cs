using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

public class AttributeTests
{
    [Theory]
    [InlineData("\e[1m", "bold")]
    [InlineData("\e[2m", "faint")]
    [InlineData("\e[3m", "italic")]
    [InlineData("\e[4m", "underline")]
    [InlineData("\e[5m", "blink")]
    [InlineData("\e[6m", "blink")]
    [InlineData("\e[7m", "inverse")]
    [InlineData("\e[8m", "conceal")]
    [InlineData("\e[9m", "strike")]
    [InlineData("\e[21m", "underline double")]
    [InlineData("\e[53m", "overline")]
    [InlineData("\e[1;3;4;9m", "bold italic underline strike")]
    public void A_code_sets_its_attribute(string sequence, string style) => Assert.Equal(style, Rendered.Style(sequence));

    [Theory]
    [InlineData("\e[1;2m\e[22m")]
    [InlineData("\e[3m\e[23m")]
    [InlineData("\e[4m\e[24m")]
    [InlineData("\e[21m\e[24m")]
    [InlineData("\e[5m\e[25m")]
    [InlineData("\e[6m\e[25m")]
    [InlineData("\e[7m\e[27m")]
    [InlineData("\e[8m\e[28m")]
    [InlineData("\e[9m\e[29m")]
    [InlineData("\e[53m\e[55m")]
    public void A_code_ends_its_attribute(string sequences) => Assert.Equal("", Rendered.Style(sequences));

    [Theory]
    [InlineData("\e[1;2m\e[221m", "faint")]
    [InlineData("\e[1;2m\e[222m", "bold")]
    [InlineData("\e[1;31m\e[22m", "f1")]
    public void Bold_and_faint_end_alone_or_together(string sequences, string style) => Assert.Equal(style, Rendered.Style(sequences));

    [Theory]
    [InlineData("\e[4:0m", "")]
    [InlineData("\e[4m\e[4:0m", "")]
    [InlineData("\e[4:1m", "underline")]
    [InlineData("\e[4:2m", "underline double")]
    [InlineData("\e[4:3m", "underline curly")]
    [InlineData("\e[4:4m", "underline dotted")]
    [InlineData("\e[4:5m", "underline dashed")]
    [InlineData("\e[4:9m", "underline")]
    [InlineData("\e[4:3m\e[4m", "underline")]
    [InlineData("\e[4:3m\e[24m", "")]
    [InlineData("\e[4:3;31m", "underline curly f1")]
    public void An_underline_has_one_kind(string sequences, string style) => Assert.Equal(style, Rendered.Style(sequences));

    [Theory]
    [InlineData("\e[1;31;44m\e[0m")]
    [InlineData("\e[1;31;44m\e[m")]
    [InlineData("\e[1;31;44m\e[;m")]
    [InlineData("\e[1;31;44;m")]
    public void Zero_or_nothing_resets(string sequences) => Assert.Equal("", Rendered.Style(sequences));

    [Fact]
    public void An_empty_parameter_resets_in_the_middle_too() => Assert.Equal("f1", Rendered.Style("\e[1;;31m"));

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(26)]
    [InlineData(50)]
    [InlineData(51)]
    [InlineData(52)]
    [InlineData(54)]
    [InlineData(60)]
    [InlineData(65)]
    [InlineData(73)]
    [InlineData(75)]
    [InlineData(999)]
    [InlineData(70000)]
    public void Other_codes_change_nothing(int code) => Assert.Equal("bold f1", Rendered.Style($"\e[1;{code};31m"));

    [Theory]
    [InlineData("\e[?31m")]
    [InlineData("\e[>4;1m")]
    [InlineData("\e[=1m")]
    [InlineData("\e[<1m")]
    [InlineData("\e[1 m")]
    [InlineData("\e[1$m")]
    public void A_private_sequence_is_no_style(string sequence) => Assert.Equal("", Rendered.Style(sequence));

    [Fact]
    public void Style_carries_over_to_the_next_lines() =>
        Assert.Equal(
            ["<span class=\"bold f1\">a</span>", "", "<span class=\"bold f1\">b</span>", "c"],
            Rendered.Lines("\e[1;31ma\n\nb\n\e[mc"u8.ToArray()).Select(l => Rendered.Html(l)));
}
