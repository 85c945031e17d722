using CsCheck;
using OvermindGui.Core.Terminal;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Xterm;

/// <summary>Random output means here what it means to xterm.js. CsCheck prints the seed of a case that differs, and shrinks it.
/// A long run looks at 21,000 cases.</summary>
public sealed class XtermTests(XtermReference xterm) : IClassFixture<XtermReference>
{
    // Wide enough that nothing wraps: a log keeps lines whole.
    private static readonly TerminalSize Size = new(400, 30);

    // After each chunk the changes are reported: often, seldom, or at the end only.
    private static readonly Gen<int> Chunks = Gen.OneOf(7, 50, 100_000);

    [Fact]
    public void A_line_has_the_text_and_the_styles_of_the_reference() =>
        TerminalInput.Line.Sample(AssertSame, iter: LongRun.Choose(250, 5_000), threads: 1, print: Readable);

    [Fact]
    public void The_log_has_the_rows_of_the_reference() =>
        TerminalInput.Screen.Sample(AssertSame, iter: LongRun.Choose(250, 3_000), threads: 1, print: Readable);

    [Fact]
    public void A_small_screen_with_regions_wraps_and_clears_shows_the_reference() =>
        Gen.Select(TerminalInput.Anything, TerminalInput.SmallSize, Chunks).Sample(
            AssertSameScreen, iter: LongRun.Choose(750, 10_000), threads: 1, print: input => $"{input.Item2} by {input.Item3} {Readable(input.Item1)}");

    [Fact]
    public void The_log_of_a_small_screen_has_the_lines_of_the_reference_unwrapped() =>
        Gen.Select(TerminalInput.Log, TerminalInput.SmallSize, Chunks).Sample(
            AssertSameLines, iter: LongRun.Choose(250, 3_000), threads: 1, print: input => $"{input.Item2} by {input.Item3} {Readable(input.Item1)}");

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
        var expected = xterm.State(bytes, Size.Columns, Size.Rows).Rows;
        var received = new ReceivedLines();
        var assembler = new LineAssembler(Size, received.Receive);
        assembler.Feed(bytes);
        assembler.Complete();
        AssertSame(output, expected, TerminalRow.WithoutEmptyEnd(received.Lines.Select(TerminalRow.Of)));
    }

    private void AssertSameScreen(string output, TerminalSize size, int chunk)
    {
        var bytes = TerminalInput.Bytes(output);
        var expected = xterm.State(bytes, size.Columns, size.Rows);
        var received = new ReceivedLines();
        var assembler = new LineAssembler(size, received.Receive);
        foreach (var part in bytes.Chunk(chunk))
        {
            assembler.Feed(part);
            assembler.Flush();
        }

        AssertSame(output, expected.Screen, [.. assembler.Screen.Select(TerminalRow.Of)]);
        Assert.True(expected.Cursor == assembler.Cursor, $"cursor {assembler.Cursor} instead of {expected.Cursor}: {Readable(output)}");
    }

    // What a program skips or a footer leaves behind may stand elsewhere in the log; what it prints in order is there in order.
    private void AssertSameLines(string output, TerminalSize size, int chunk)
    {
        var bytes = TerminalInput.Bytes(output);
        var expected = xterm.State(bytes, size.Columns, size.Rows).Lines;
        var received = new ReceivedLines();
        var assembler = new LineAssembler(size, received.Receive);
        foreach (var part in bytes.Chunk(chunk))
        {
            assembler.Feed(part);
            assembler.Flush();
        }

        assembler.Complete();
        Assert.Equal(WithText(expected), WithText(received.Texts));
    }

    // The reference does not know blanks at the end of a row that wraps.
    private static IEnumerable<string> WithText(IEnumerable<string> lines) =>
        lines.Select(line => line.Replace(" ", "", StringComparison.Ordinal)).Where(line => line.Length > 0);

    private static void AssertSame(string output, IReadOnlyList<TerminalRow> expected, IReadOnlyList<TerminalRow> actual)
    {
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
