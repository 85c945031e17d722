using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

public class ColorTests
{
    [Theory]
    [InlineData("\e[30m", "f0")]
    [InlineData("\e[37m", "f7")]
    [InlineData("\e[90m", "f8")]
    [InlineData("\e[97m", "f15")]
    [InlineData("\e[40m", "b0")]
    [InlineData("\e[47m", "b7")]
    [InlineData("\e[100m", "b8")]
    [InlineData("\e[107m", "b15")]
    [InlineData("\e[31;44m", "f1 b4")]
    public void Sixteen_colours_have_codes_of_their_own(string sequence, string style) => Assert.Equal(style, Rendered.Style(sequence));

    [Theory]
    [InlineData("\e[31;44m\e[39m", "b4")]
    [InlineData("\e[31;44m\e[49m", "f1")]
    [InlineData("\e[38;2;1;2;3m\e[39m", "")]
    public void Default_colours_come_back_one_by_one(string sequences, string style) => Assert.Equal(style, Rendered.Style(sequences));

    [Theory]
    [InlineData("\e[38;5;0m", "f0")]
    [InlineData("\e[38;5;196m", "f196")]
    [InlineData("\e[48;5;255m", "b255")]
    [InlineData("\e[38:5:9m", "f9")]
    [InlineData("\e[48:5:9m", "b9")]
    [InlineData("\e[38;5m", "")]
    [InlineData("\e[38;5;m", "f0")]
    public void A_palette_colour_has_a_number(string sequence, string style) => Assert.Equal(style, Rendered.Style(sequence));

    [Theory]
    [InlineData("\e[38;2;16;32;48m", "fg#102030")]
    [InlineData("\e[48;2;0;0;0m", "bg#000000")]
    [InlineData("\e[38;2;255;255;255;48;2;1;2;3m", "fg#ffffff bg#010203")]
    [InlineData("\e[38:2:16:32:48m", "fg#102030")]
    [InlineData("\e[38:2::16:32:48m", "fg#102030")]
    [InlineData("\e[38:2:7:16:32:48m", "fg#102030")]
    [InlineData("\e[48:2::16:32:48:0:1m", "bg#102030")]
    [InlineData("\e[38;2;;;m", "fg#000000")]
    public void A_24_bit_colour_has_three(string sequence, string style) => Assert.Equal(style, Rendered.Style(sequence));

    [Theory]
    [InlineData("\e[38;5;1;4m", "underline f1")]
    [InlineData("\e[38;2;1;2;3;4m", "underline fg#010203")]
    [InlineData("\e[38:5:1;4m", "underline f1")]
    [InlineData("\e[38:2:1:2:3;4m", "underline fg#010203")]
    public void The_codes_after_a_colour_keep_their_meaning(string sequence, string style) => Assert.Equal(style, Rendered.Style(sequence));

    [Theory]
    [InlineData("\e[38;5;256m")]
    [InlineData("\e[38;2;256;0;0m")]
    [InlineData("\e[48;2;0;0;999m")]
    [InlineData("\e[38:5:256m")]
    [InlineData("\e[38:2:1:2:300m")]
    [InlineData("\e[38;5;99999999999999999999m")]
    public void Numbers_above_255_are_no_colour(string sequence) => Assert.Equal("f2 b3", Rendered.Style("\e[32;43m" + sequence));

    [Fact]
    public void What_follows_a_number_above_255_still_counts() => Assert.Equal("bold", Rendered.Style("\e[38;5;256;1m"));

    [Theory]
    [InlineData("\e[38;9;1;4m")]
    [InlineData("\e[38m")]
    [InlineData("\e[38;;1m")]
    [InlineData("\e[38;2;1;4m")]
    public void An_unknown_or_short_colour_ends_the_sequence(string sequence) => Assert.Equal("", Rendered.Style(sequence));

    [Fact]
    public void What_came_before_an_unknown_colour_counts() => Assert.Equal("bold", Rendered.Style("\e[1;38;9;4m"));

    [Theory]
    [InlineData("\e[38:9:1;4m")]
    [InlineData("\e[38:2:1:2;4m")]
    [InlineData("\e[38:5;4m")]
    public void A_bad_colour_with_colons_ends_by_itself(string sequence) => Assert.Equal("underline", Rendered.Style(sequence));

    [Theory]
    [InlineData("\e[58;5;1m", "ul1")]
    [InlineData("\e[58;5;232m", "ul#080808")]
    [InlineData("\e[58;2;1;2;3m", "ul#010203")]
    [InlineData("\e[58:2::1:2:3m", "ul#010203")]
    [InlineData("\e[58;5;1;4m", "underline ul1")]
    [InlineData("\e[4;58:5:31;59m", "underline")]
    public void An_underline_has_a_colour_of_its_own(string sequence, string style) =>
        Assert.Equal(style, Rendered.Style(sequence));
}
