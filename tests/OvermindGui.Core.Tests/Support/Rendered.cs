using System.Text;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Tests.Support;

/// <summary>What becomes of a child's output, in forms that are easy to compare.</summary>
internal static class Rendered
{
    /// <summary>The lines as they are in the end.</summary>
    public static List<StyledLine> Lines(params IEnumerable<byte[]> chunks)
    {
        var received = new ReceivedLines();
        var assembler = new LineAssembler(TerminalSize.Default, received.Receive);
        foreach (var chunk in chunks) assembler.Feed(chunk);
        assembler.Complete();
        return received.Lines;
    }

    public static string[] Texts(string output) => Texts(Encoding.UTF8.GetBytes(output));

    public static string[] Texts(byte[] output) => [.. Lines(output).Select(l => l.Text)];

    /// <summary>The text of output that is one line.</summary>
    public static string Text(string output) => Assert.Single(Texts(output));

    public static string Html(in StyledLine line)
    {
        var html = new StringBuilder();
        HtmlRenderer.Append(html, line);
        return html.ToString();
    }

    /// <summary>The markup of output that is one line.</summary>
    public static string Html(string output) => Html(Assert.Single(Lines(Encoding.UTF8.GetBytes(output))));

    /// <summary>The style of a character printed after these sequences: <c>bold f1</c>, <c>b4 fg#102030</c>.</summary>
    public static string Style(string sequences)
    {
        var line = Assert.Single(Lines(Encoding.UTF8.GetBytes(sequences + "x")));
        Assert.Equal("x", line.Text);
        return line.Runs is [var run] ? Describe(run.Style) : "";
    }

    /// <summary>A line with all that belongs to it, for comparing lists of lines.</summary>
    public static string Describe(StyledLine line) =>
        line.Text + string.Concat(line.Runs.Select(r => $"|{r.Start}+{r.Length} {Describe(r.Style)}"));

    private static string Describe(TextStyle style)
    {
        var text = new StringBuilder();
        StyleClasses.Append(text, style);
        if (style.Foreground.Hex is { } foreground) text.Append(" fg").Append(foreground);
        if (style.Background.Hex is { } background) text.Append(" bg").Append(background);
        if (style.UnderlineColor != TerminalColor.Default) text.Append(" ul").Append(style.UnderlineColor.Hex ?? $"{style.UnderlineColor.Index}");
        if (style.Link is { } link) text.Append(" -> ").Append(link);
        return text.ToString().Trim();
    }
}
