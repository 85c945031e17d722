using System.Text;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Tests.Terminal;

/// <summary>A viewer that comes later sees what the terminal shows, and what follows acts on the same state.</summary>
public class PaintingTests
{
    private static readonly TerminalSize Size = new(20, 6);

    [Theory]
    [InlineData("")]
    [InlineData("one\ntwo\nthree")]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n8")]
    [InlineData("\e[31mred\e[1m bold")]
    [InlineData("a line that is longer than the window is wide\nnext")]
    [InlineData("tab\tstop\twide 漢字 👍")]
    [InlineData("\e[2;4rregion\e[2;1Hx")]
    [InlineData("\e[2;4r\e[?6hrelative")]
    [InlineData("main\n\e[?1049h\e[3;3Halternate")]
    [InlineData("\e(0lqqk")]
    [InlineData("\e[4hinserting\e[1;3H")]
    [InlineData("\e[?7lnot wrapping")]
    public void Another_terminal_shows_the_same_and_goes_on_the_same_way(string output)
    {
        var painted = New(out _);
        painted.Feed(Encoding.UTF8.GetBytes(output));
        var viewer = New(out _);
        viewer.Feed("\e[?1049h\e[3;5r\e[?6h\e[7msomething else\e(0\e[4h"u8);

        viewer.Feed(Encoding.UTF8.GetBytes(painted.Paint()));

        AssertSame(painted, viewer);
        var more = "x\n\ny\e[Az\e[?1049l.\nend"u8;
        painted.Feed(more);
        viewer.Feed(more);
        AssertSame(painted, viewer);
    }

    [Fact]
    public void Modes_of_keyboard_and_mouse_are_set_again()
    {
        var painted = New(out _);
        painted.Feed("\e[?2004h\e[?1h\e=\e[?1006h\e[?25l"u8);

        var sequences = painted.Paint();

        Assert.All(["\e[?2004h", "\e[?1h", "\e[?66h", "\e[?1006h", "\e[?25l", "\e[?1000l"], mode => Assert.Contains(mode, sequences, StringComparison.Ordinal));
        Assert.EndsWith("\e[?25l", sequences, StringComparison.Ordinal);
    }

    [Fact]
    public void A_smaller_window_loses_no_line_and_a_larger_one_repeats_none()
    {
        var terminal = New(out var log);
        for (var i = 0; i < 6; i++) terminal.Feed(Encoding.UTF8.GetBytes($"line {i} of the log\n"));

        terminal.Resize(new TerminalSize(10, 3));
        terminal.Feed("after the first\n"u8);
        terminal.Resize(new TerminalSize(40, 10));
        terminal.Feed("after the second\n"u8);
        terminal.Complete();

        Assert.Equal(6, log.Values.Count(text => text.EndsWith("of the log", StringComparison.Ordinal)));
        Assert.Single(log.Values, "after the first");
        Assert.Single(log.Values, "after the second");
        Assert.Equal(10, terminal.Screen.Count);
    }

    [Fact]
    public void Editing_a_row_that_is_wider_than_a_window_made_smaller_keeps_its_rest()
    {
        var terminal = New(out var log);
        terminal.Feed("0123456789abcdef"u8);
        terminal.Resize(new TerminalSize(10, 6));
        terminal.Feed("\rX"u8);
        terminal.Complete();

        Assert.Equal(["X123456789abcdef"], log.Values);
    }

    private static LineAssembler New(out SortedDictionary<long, string> log)
    {
        var lines = new SortedDictionary<long, string>();
        log = lines;
        return new LineAssembler(Size, (long number, in StyledLine line) => lines[number] = line.Text);
    }

    // A picture has the screens, the cursor, the style and the modes.
    private static void AssertSame(LineAssembler one, LineAssembler other) => Assert.Equal(one.Paint(), other.Paint());
}
