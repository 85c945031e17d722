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
}
