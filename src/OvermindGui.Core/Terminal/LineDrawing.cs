namespace OvermindGui.Core.Terminal;

/// <summary>The DEC special graphics set (VT100), in which letters stand for box drawing characters.</summary>
internal static class LineDrawing
{
    private const char First = '`';
    private const string Glyphs = "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

    /// <summary>Writes the text as the set shows it; the spans have the same length.</summary>
    public static void Map(ReadOnlySpan<char> text, Span<char> mapped)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var glyph = text[i] - First;
            mapped[i] = glyph >= 0 && glyph < Glyphs.Length ? Glyphs[glyph] : text[i];
        }
    }
}
