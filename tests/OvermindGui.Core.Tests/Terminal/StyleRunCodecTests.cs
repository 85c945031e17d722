using CsCheck;
using OvermindGui.Core.Terminal;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

public class StyleRunCodecTests
{
    private static readonly TextStyle BoldRed = new(TextAttributes.Bold, TerminalColor.Palette(1), TerminalColor.Default);

    [Fact]
    public void Every_line_comes_back_as_it_was() =>
        Outputs.StyledLines.Sample(
            line => Assert.Equal(Rendered.Describe(line), Rendered.Describe(StyleRunCodec.Decode(line.Text, StyleRunCodec.Encode(line)))),
            iter: 3_000);

    [Fact]
    public void A_line_without_style_is_stored_as_null() => Assert.Null(StyleRunCodec.Encode(StyledLine.Plain("text")));

    [Fact]
    public void Null_is_a_line_without_style() => Assert.Empty(StyleRunCodec.Decode("text", null).Runs);

    [Fact]
    public void Positions_count_code_points()
    {
        var line = new StyledLine("😀é😀x", [new(0, 3, BoldRed), new(3, 3, TextStyle.Default)]);
        Assert.Equal("[[0,2,\"bold f1\"],[2,2,\"\"]]", StyleRunCodec.Encode(line));
    }

    [Fact]
    public void Colours_of_24_bits_stand_beside_the_classes()
    {
        var style = TextStyle.Default with { Foreground = TerminalColor.Rgb(1, 2, 3) };
        var both = style with { Background = TerminalColor.Rgb(255, 0, 16) };
        var background = both with { Foreground = TerminalColor.Palette(200) };
        Assert.Equal(
            "[[0,1,\"\",\"#010203\"],[1,1,\"\",\"#010203\",\"#ff0010\"],[2,1,\"f200\",null,\"#ff0010\"]]",
            StyleRunCodec.Encode(new StyledLine("abc", [new(0, 1, style), new(1, 1, both), new(2, 1, background)])));
    }
}
