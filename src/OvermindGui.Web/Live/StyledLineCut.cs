using OvermindGui.Core.Terminal;

namespace OvermindGui.Web.Live;

internal static class StyledLineCut
{
    /// <summary>The first <paramref name="length"/> characters, one less where that would halve a surrogate pair.</summary>
    public static StyledLine To(in StyledLine line, int length)
    {
        if (line.Text.Length <= length) return line;
        if (char.IsHighSurrogate(line.Text[length - 1])) length--;
        return new StyledLine(
            line.Text[..length],
            [.. line.Runs.Where(r => r.Start < length).Select(r => r with { Length = Math.Min(r.Length, length - r.Start) })]);
    }

    /// <summary>The rest of the line from a position.</summary>
    public static StyledLine From(in StyledLine line, int start) => new(
        line.Text[start..],
        [.. line.Runs.Where(r => r.Start + r.Length > start).Select(r => new StyleRun(Math.Max(0, r.Start - start), r.Start + r.Length - Math.Max(start, r.Start), r.Style))]);
}
