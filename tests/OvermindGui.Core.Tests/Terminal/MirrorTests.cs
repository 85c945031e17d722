using System.Buffers;
using System.Text;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Tests.Terminal;

/// <summary>What viewers of a terminal get: the output without what only the terminal itself may act on.</summary>
public class MirrorTests
{
    [Theory]
    [InlineData("plain\n", "plain\r\n")]
    [InlineData("a\r\nb", "a\r\r\nb")]
    [InlineData("\e[31;1mred\e[m\e[38:2::1:2:3mrgb", "\e[31;1mred\e[m\e[38:2::1:2:3mrgb")]
    [InlineData("\e[?1049h\e[2;5H\e[K\e[?25l\e[>4;1m\e[3 q", "\e[?1049h\e[2;5H\e[K\e[?25l\e[>4;1m\e[3 q")]
    [InlineData("\e7\e8\e(0lq\e(B\eM", "\e7\e8\e(0lq\e(B\eM")]
    [InlineData("\e]0;title\a\e]8;;https://a.example/\e\\link\e]8;;\e\\", "\e]0;title\a\e]8;;https://a.example/\e\\link\e]8;;\e\\")]
    [InlineData("ü 漢字 👍", "ü 漢字 👍")]
    public void Output_is_passed_on(string output, string shown) => Assert.Equal(shown, Mirrored(output));

    [Theory]
    [InlineData("\e[5n")]
    [InlineData("\e[6n")]
    [InlineData("\e[?6n")]
    [InlineData("\e[c")]
    [InlineData("\e[>c")]
    [InlineData("\e[=c")]
    [InlineData("\e[>q")]
    [InlineData("\e[?2026$p")]
    [InlineData("\e[18t")]
    [InlineData("\e[21t")]
    [InlineData("\e[8;10;10t")]
    [InlineData("\e[?u")]
    [InlineData("\e[5i")]
    [InlineData("\eZ")]
    [InlineData("\x05")]
    [InlineData("\e]10;?\a")]
    [InlineData("\e]11;?\e\\")]
    [InlineData("\e]4;1;?\a")]
    [InlineData("\e]52;c;?\a")]
    [InlineData("\e]52;c;c2VjcmV0\a")]
    [InlineData("\e]1337;File=inline=1:AAAA\a")]
    [InlineData("\eP$qm\e\\")]
    [InlineData("\eP+q544e\e\\")]
    [InlineData("\e_Ga=q;AAAA\e\\")]
    [InlineData("\u009b6n")]
    public void Queries_the_clipboard_and_files_are_not(string output) => Assert.Equal("ab", Mirrored("a" + output + "b"));

    [Fact]
    public void A_sequence_that_has_begun_before_the_viewer_came_is_passed_on_as_a_whole()
    {
        var assembler = new LineAssembler(TerminalSize.Default, (long _, in StyledLine _) => { });
        assembler.Feed("\e[3"u8);
        var copy = new ArrayBufferWriter<byte>();
        assembler.MirrorTo(copy);
        assembler.Feed("1mred\e["u8);
        assembler.MirrorTo(null);
        assembler.Feed("6nrest"u8);

        Assert.Equal("\e[31mred", Encoding.UTF8.GetString(copy.WrittenSpan));
    }

    [Fact]
    public void A_terminal_that_gets_the_mirrored_output_in_any_pieces_shows_the_same_screen()
    {
        const string output = "one\ntwo \e[32mgreen\e[0m\e[6n\e[2;4H\e[1Lü\e]11;?\a漢\e[5;1Hend\e[?6n";
        for (var cut = 1; cut < Encoding.UTF8.GetByteCount(output); cut++)
        {
            var (one, other) = (New(), New());
            var copy = new ArrayBufferWriter<byte>();
            one.MirrorTo(copy);
            var bytes = Encoding.UTF8.GetBytes(output);
            one.Feed(bytes.AsSpan(0, cut));
            one.Feed(bytes.AsSpan(cut));
            other.Feed(copy.WrittenSpan);

            Assert.Equal(one.Screen.Select(l => l.Text), other.Screen.Select(l => l.Text));
            Assert.Equal(one.Cursor, other.Cursor);
        }
    }

    private static LineAssembler New() => new(new TerminalSize(20, 6), (long _, in StyledLine _) => { });

    private static string Mirrored(string output)
    {
        var assembler = New();
        var copy = new ArrayBufferWriter<byte>();
        assembler.MirrorTo(copy);
        assembler.Feed(Encoding.UTF8.GetBytes(output));
        return Encoding.UTF8.GetString(copy.WrittenSpan);
    }
}
