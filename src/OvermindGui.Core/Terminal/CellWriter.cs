using System.Text;

namespace OvermindGui.Core.Terminal;

/// <summary>Text on its way into a line's cells.</summary>
internal ref struct CellWriter(ReadOnlySpan<char> text)
{
    // Characters up to this one take one cell and never combine.
    private const char LastSimple = '\u02FF';

    private ReadOnlySpan<char> _rest = text;

    /// <summary>True in insert mode: new text moves the rest of the row to the right.</summary>
    public bool Inserts { get; init; }

    /// <summary>False when the row was full before all text was written.</summary>
    public readonly bool IsDone => _rest.IsEmpty;

    /// <summary>True when each character takes one cell and none combines.</summary>
    public static bool IsSimple(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange(' ', LastSimple);

    /// <summary>Writes the text that fits before the limit and returns the column after it.</summary>
    public int Write(LineCells cells, int column, int limit, in TextStyle style)
    {
        while (!_rest.IsEmpty)
        {
            var simple = _rest.IndexOfAnyExceptInRange(' ', LastSimple);
            if (simple < 0) simple = _rest.Length;
            var fits = Math.Min(simple, limit - column);
            if (simple > 0 && fits <= 0) return column;
            if (simple > 0)
            {
                if (Inserts) cells.Insert(column, fits, limit, style);
                cells.Put(column, _rest[..fits], style);
                column += fits;
                _rest = _rest[fits..];
                continue;
            }

            var wide = PlainWide();
            if (wide > 0 && !Inserts)
            {
                fits = Math.Min(wide, (limit - column) / 2);
                if (fits <= 0) return column;
                cells.PutWide(column, _rest[..fits], style);
                column += 2 * fits;
                _rest = _rest[fits..];
                continue;
            }

            Rune.DecodeFromUtf16(_rest, out var rune, out var used);
            if (cells.TryJoin(column, rune, limit) is >= 0 and var grown)
            {
                column += grown;
            }
            else
            {
                var width = Math.Max(1, CharacterWidth.Of(rune)); // a combining mark without a base character is shown alone
                if (column + width > limit) return column;
                if (Inserts) cells.Insert(column, width, limit, style);
                cells.Put(column, rune, width, style);
                column += width;
            }

            _rest = _rest[used..];
        }

        return column;
    }

    private readonly int PlainWide()
    {
        var length = 0;
        while (length < _rest.Length && CharacterWidth.IsPlainWide(_rest[length])) length++;
        return length;
    }

    /// <summary>Writes the next character over the row's last one; a wide one finds no room there.</summary>
    public void OverwriteLast(LineCells cells, int width, in TextStyle style)
    {
        Rune.DecodeFromUtf16(_rest, out var rune, out var used);
        if (cells.TryJoin(width, rune, width) < 0 && CharacterWidth.Of(rune) < 2) cells.Put(width - 1, rune, 1, style);
        _rest = _rest[used..];
    }
}
