using System.Text;
using System.Text.Json;

namespace OvermindGui.Core.Terminal;

/// <summary>
/// The stored form of a line's style runs: JSON, one array per run,
/// <c>[start, length, "classes", "#foreground", "#background", "#underline", "link"]</c>, what is not set at the end left out. The
/// underline's colour may also be <c>a0</c> to <c>a15</c>, the theme's. Start and length count
/// Unicode code points, so that SQL's <c>substr</c> can render a line (see the view <c>output_lines</c>). A line without style is null.
/// </summary>
public static class StyleRunCodec
{
    /// <summary>Null for a line without style. For many lines keep a <see cref="StyleRunEncoder"/>.</summary>
    public static string? Encode(in StyledLine line) =>
        line.Runs.Length == 0 ? null : Encoding.UTF8.GetString(new StyleRunEncoder().Encode(line));

    /// <exception cref="JsonException">The text is not what <see cref="Encode"/> writes.</exception>
    public static StyledLine Decode(string text, string? runs)
    {
        if (runs is null) return StyledLine.Plain(text);
        var decoded = new List<StyleRun>();
        using var json = JsonDocument.Parse(runs);
        var astral = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;
        var start = 0;
        foreach (var run in json.RootElement.EnumerateArray())
        {
            var count = run[1].GetInt32();
            var length = Math.Min(astral ? CodeUnits(text.AsSpan(start), count) : count, text.Length - start);
            var style = StyleClasses.Parse(run[2].GetString());
            if (Color(run, 3) is { } foreground) style = style with { Foreground = foreground };
            if (Color(run, 4) is { } background) style = style with { Background = background };
            if (Text(run, 5) is { } underline) style = style with { UnderlineColor = UnderlineColor.Parse(underline) };
            if (Text(run, 6) is { } link) style = style with { Link = Hyperlink.Accept(link) };
            decoded.Add(new StyleRun(start, length, style));
            start += length;
        }

        return new StyledLine(text, [.. decoded]);
    }

    private static TerminalColor? Color(JsonElement run, int index) => TerminalColor.ParseHex(Text(run, index));

    private static string? Text(JsonElement run, int index) => run.GetArrayLength() > index ? run[index].GetString() : null;

    internal static int CodePoints(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes()) count++;
        return count;
    }

    private static int CodeUnits(ReadOnlySpan<char> text, int codePoints)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (codePoints-- == 0) break;
            length += rune.Utf16SequenceLength;
        }

        return length;
    }
}
