using System.Text;
using System.Text.Json;

namespace OvermindGui.Core.Terminal;

/// <summary>
/// The stored form of a line's style runs: JSON, one array per run,
/// <c>[start, length, "classes", "#foreground", "#background"]</c>, what is not set at the end left out. Start and length count
/// Unicode code points, so that SQL's <c>substr</c> can render a line (see the view <c>output_lines</c>). A line without style is null.
/// </summary>
public static class StyleRunCodec
{
    public static string? Encode(in StyledLine line)
    {
        if (line.Runs.Length == 0) return null;
        var json = new StringBuilder(32 * line.Runs.Length).Append('[');
        var text = line.Text.AsSpan();
        var astral = text.IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;
        var start = 0;
        foreach (var run in line.Runs)
        {
            var length = astral ? CodePoints(text.Slice(run.Start, run.Length)) : run.Length;
            if (json.Length > 1) json.Append(',');
            json.Append('[').Append(start).Append(',').Append(length).Append(",\"");
            StyleClasses.Append(json, run.Style);
            json.Append('"');
            var (foreground, background) = (run.Style.Foreground.Hex, run.Style.Background.Hex);
            if (foreground is not null) json.Append(",\"").Append(foreground).Append('"');
            else if (background is not null) json.Append(",null");
            if (background is not null) json.Append(",\"").Append(background).Append('"');
            json.Append(']');
            start += length;
        }

        return json.Append(']').ToString();
    }

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
            decoded.Add(new StyleRun(start, length, style));
            start += length;
        }

        return new StyledLine(text, [.. decoded]);
    }

    private static TerminalColor? Color(JsonElement run, int index) =>
        run.GetArrayLength() > index ? TerminalColor.ParseHex(run[index].GetString()) : null;

    private static int CodePoints(ReadOnlySpan<char> text)
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
