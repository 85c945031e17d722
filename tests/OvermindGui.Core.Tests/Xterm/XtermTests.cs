using CsCheck;
using OvermindGui.Core.Terminal;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Xterm;

/// <summary>Random output means here what it means to xterm.js. CsCheck prints the seed of a case that differs, and shrinks it.</summary>
public sealed class XtermTests(XtermReference xterm) : IClassFixture<XtermReference>
{
    // Wide enough that nothing wraps: a log keeps lines whole.
    private static readonly TerminalSize Size = new(400, 30);

    [Fact]
    public void A_line_has_the_text_and_the_styles_of_the_reference() =>
        TerminalInput.Line.Sample(AssertSame, iter: 5_000, threads: 1, print: Readable);

    [Fact]
    public void A_screen_has_the_rows_of_the_reference() =>
        TerminalInput.Screen.Sample(AssertSame, iter: 3_000, threads: 1, print: Readable);

    /// <summary>Cases that once differed.</summary>
    [Theory]
    [InlineData("🇩🇪\eM")]
    [InlineData("a\eMb")]
    [InlineData("\e[6;17H\e[5Lé")]
    [InlineData("│bc│\t漢字\e[3D\e[10@")]
    public void These_are_the_same(string output) => AssertSame(output);

    private void AssertSame(string output)
    {
        var bytes = TerminalInput.Bytes(output);
        var expected = xterm.Rows(bytes, Size.Columns, Size.Rows);
        var received = new ReceivedLines();
        var assembler = new LineAssembler(Size, received.Receive);
        assembler.Feed(bytes);
        assembler.Complete();
        var actual = TerminalRow.WithoutEmptyEnd(received.Lines.Select(TerminalRow.Of));
        for (var row = 0; row < Math.Max(expected.Count, actual.Count); row++)
        {
            var difference = row >= actual.Count ? $"no row, expected {expected[row].Text}"
                : row >= expected.Count ? $"row too many: {actual[row].Text}"
                : actual[row].DifferenceFrom(expected[row]);
            Assert.True(difference is null, $"row {row} of {Readable(output)}: {difference}");
        }
    }

    private static string Readable(string output) => System.Text.Json.JsonSerializer.Serialize(output);
}
