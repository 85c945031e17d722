using System.Text;

namespace OvermindGui.Core.Terminal;

/// <summary>
/// A terminal line: a row of cells, each with a style. A wide character takes two cells. A combining character takes none: it is stored
/// with its base character, outside of the cells. Half of a wide character never remains. A tab at the end of the line is one character
/// that spans the cells up to the next stop, so the line returns it unchanged; splitting or moving it converts it to blanks.
/// </summary>
internal sealed class LineCells
{
    // Half a surrogate pair is never valid text, so these values can mark special cells.
    private const char RightHalf = '\uDC00';
    private const char TabRest = '\uDC01'; // every cell of a tab but the first
    private const char Composed = '\uD800'; // the text is in _composed

    private const int MaxComposedLength = 32; // longer than real characters; bounds the memory for stacked marks

    private readonly StylePalette _styles = new();
    private char[] _text = new char[256];
    private ushort[] _cellStyles = new ushort[256];
    private string[] _composed = [];
    private bool _styled;
    private bool _simple = true;
    private bool _derivable = true;

    /// <summary>True when each cell is one UTF-16 code unit.</summary>
    public bool IsSimple => _simple;

    /// <summary>True when the text says which cells its characters take: no character was composed of several, and no tab was written.</summary>
    public bool IsDerivable => _derivable;

    /// <summary>In cells.</summary>
    public int Length { get; private set; }

    /// <summary>Writes characters of one cell and one code unit each.</summary>
    public void Put(int column, ReadOnlySpan<char> text, in TextStyle style)
    {
        var end = Open(column, text.Length, style);
        text.CopyTo(_text.AsSpan(column));
        SetStyle(column, end, style);
    }

    /// <summary>Writes characters of two cells and one code unit each.</summary>
    public void PutWide(int column, ReadOnlySpan<char> text, in TextStyle style)
    {
        var end = Open(column, 2 * text.Length, style);
        var cells = _text.AsSpan(column, 2 * text.Length);
        for (var i = 0; i < text.Length; i++) (cells[2 * i], cells[2 * i + 1]) = (text[i], RightHalf);
        _simple = false;
        SetStyle(column, end, style);
    }

    /// <summary>Writes one character of any width.</summary>
    public void Put(int column, Rune rune, int width, in TextStyle style)
    {
        var end = Open(column, width, style);
        if (rune.IsBmp) _text[column] = (char)rune.Value;
        else Compose(column, rune.ToString());
        if (width == 2) _text[column + 1] = RightHalf;
        if (width == 2) _simple = false;
        else if (!rune.IsBmp || CharacterWidth.Of(rune) == 0) _simple = _derivable = false;
        SetStyle(column, end, style);
    }

    /// <summary>Writes a tab after the end of the line, up to the next stop or the limit, and returns the column there.</summary>
    public int PutTab(int limit)
    {
        var (column, stop) = (Length, Math.Min(TabStops.Next(Length), limit));
        Open(column, stop - column, TextStyle.Default);
        _text[column] = '\t';
        _text.AsSpan(column + 1, stop - column - 1).Fill(TabRest);
        SetStyle(column, stop, TextStyle.Default);
        _simple = _derivable = false;
        return stop;
    }

    /// <summary>
    /// Appends to the character that ends before the column, if it combines. Returns the number of cells it grew by, or -1.
    /// </summary>
    public int TryJoin(int column, Rune rune, int limit)
    {
        if (column == 0 || column > Length || _text[column - 1] is TabRest or '\t') return -1;
        var at = _text[column - 1] == RightHalf ? column - 2 : column - 1;
        ReadOnlySpan<char> before = _text[at] == Composed ? _composed[at] : _text.AsSpan(at, 1);
        if (!CharacterWidth.Joins(before, rune) || before.Length + rune.Utf16SequenceLength > MaxComposedLength) return -1;
        var (width, joined) = (column - at, string.Concat(before, rune.ToString()));
        var grown = Math.Min(CharacterWidth.Joined(width, before, rune) - width, limit - column);
        _simple = false;
        if (grown > 0)
        {
            Open(column, grown, _styles[_cellStyles[at]]);
            _text[column] = RightHalf;
            _cellStyles[column] = _cellStyles[at];
        }

        Compose(at, joined);
        return grown;
    }

    public void Clear()
    {
        (Length, _styled, _simple, _derivable) = (0, false, true, true);
        _styles.Trim();
    }

    // Makes room for the cells: pads with blanks before them, and removes halves of wide characters at both borders.
    private int Open(int column, int width, in TextStyle style)
    {
        var end = column + width;
        if (end > _text.Length) Grow(end);
        if (column > Length) Blank(Length, column, TextStyle.Default);
        if (!_simple) SplitAt(column, end, style);
        Length = Math.Max(Length, end);
        return end;
    }

    private void SplitAt(int start, int end, in TextStyle style)
    {
        if (start > 0 && start < Length && _text[start] == RightHalf) Blank(start - 1, start, style);
        if (end < Length && _text[end] == RightHalf) Blank(end, end + 1, style);
        if (start < Length && _text[start] == TabRest)
        {
            var tab = _text.AsSpan(0, start).LastIndexOf('\t');
            _text.AsSpan(tab, start - tab).Fill(' ');
        }

        for (var cell = end; cell < Length && _text[cell] == TabRest; cell++) _text[cell] = ' ';
    }

    // Moving a tab's cells would change the distance to its next stop.
    private void ExpandTabs(int start)
    {
        if (_simple) return;
        var cells = _text.AsSpan(start, Length - start);
        cells.Replace('\t', ' ');
        cells.Replace(TabRest, ' ');
    }

    private void SetStyle(int start, int end, in TextStyle style)
    {
        var id = _styles.IdOf(style);
        _styled |= id != 0;
        _cellStyles.AsSpan(start, end - start).Fill(id);
    }

    private void Blank(int start, int end, in TextStyle style)
    {
        _text.AsSpan(start, end - start).Fill(' ');
        SetStyle(start, end, style);
    }

    private void Compose(int column, string text)
    {
        if (_composed.Length < _text.Length) Array.Resize(ref _composed, _text.Length);
        _derivable = false;
        _text[column] = Composed;
        _composed[column] = text;
    }

    private void Grow(int needed)
    {
        var size = Math.Max(needed, _text.Length * 2);
        Array.Resize(ref _text, size);
        Array.Resize(ref _cellStyles, size);
    }

    /// <summary>The cells as text and runs.</summary>
    public StyledLine ToLine() =>
        !_simple ? ComposedLine() : new StyledLine(new string(_text, 0, Length), _styled ? SimpleRuns() : []);

    /// <summary>Loads a line that <see cref="ToLine"/> returned, up to this many cells.</summary>
    public void Load(in StyledLine line, int limit)
    {
        Clear();
        if (line.Runs.Length == 0) Write(line.Text, TextStyle.Default, limit);
        foreach (var run in line.Runs) Write(line.Text.AsSpan(run.Start, run.Length), run.Style, limit);
    }

    /// <summary>The line as displayed: each tab replaced by blanks up to the next stop, counted from the start of the line.</summary>
    public static StyledLine WithoutTabs(in StyledLine line)
    {
        if (!line.Text.Contains('\t', StringComparison.Ordinal)) return line;
        var cells = new LineCells();
        cells.Load(line, int.MaxValue);
        cells.ExpandTabs(0);
        return cells.ToLine();
    }

    /// <summary>As much of the line as this many columns show, without tabs.</summary>
    public static StyledLine FirstColumns(in StyledLine line, int columns)
    {
        if (line.Text.Length <= columns && !line.Text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return line;
        var cells = new LineCells();
        cells.Load(line, columns);
        cells.ExpandTabs(0);
        return cells.ToLine();
    }

    private void Write(ReadOnlySpan<char> text, in TextStyle style, int limit)
    {
        for (var tab = text.IndexOf('\t'); tab >= 0; tab = text.IndexOf('\t'))
        {
            new CellWriter(text[..tab]).Write(this, Length, limit, style);
            PutTab(limit);
            text = text[(tab + 1)..];
        }

        new CellWriter(text).Write(this, Length, limit, style);
    }

    private StyleRun[] SimpleRuns()
    {
        var cells = _cellStyles.AsSpan(0, Length);
        var count = 1;
        for (var rest = cells; !rest.IsEmpty && rest.IndexOfAnyExcept(rest[0]) is > 0 and var next; rest = rest[next..]) count++;
        // Styled cells may have been overwritten or erased since.
        if (count == 1 && (cells.IsEmpty || cells[0] == 0)) return [];
        var runs = new StyleRun[count];
        for (int start = 0, i = 0; i < count; i++)
        {
            var next = cells[start..].IndexOfAnyExcept(cells[start]);
            var length = next < 0 ? cells.Length - start : next;
            runs[i] = new StyleRun(start, length, _styles[cells[start]]);
            start += length;
        }

        return runs;
    }

    private StyledLine ComposedLine()
    {
        var text = new StringBuilder(Length);
        if (!_styled)
        {
            AppendText(text, 0, Length);
            return StyledLine.Plain(text.ToString());
        }

        var runs = new List<StyleRun>();
        for (int cell = 0, end; cell < Length; cell = end)
        {
            var (start, next) = (text.Length, _cellStyles.AsSpan(cell, Length - cell).IndexOfAnyExcept(_cellStyles[cell]));
            end = next < 0 ? Length : cell + next;
            AppendText(text, cell, end);
            runs.Add(new StyleRun(start, text.Length - start, _styles[_cellStyles[cell]]));
        }

        return new StyledLine(text.ToString(), runs.TrueForAll(run => run.Style == TextStyle.Default) ? [] : [.. runs]);
    }

    private void AppendText(StringBuilder text, int start, int end)
    {
        const int Block = 256;
        Span<char> plain = stackalloc char[Block];
        for (var cell = start; cell < end;)
        {
            var length = 0;
            for (; cell < end && length < Block && _text[cell] != Composed; cell++)
                if (_text[cell] is not (RightHalf or TabRest)) plain[length++] = _text[cell];
            text.Append(plain[..length]);
            if (cell < end && _text[cell] == Composed) text.Append(_composed[cell++]);
        }
    }

    /// <summary>Ends the line at the column.</summary>
    public void Truncate(int column)
    {
        if (column >= Length) return;
        if (!_simple) SplitAt(column, Length, TextStyle.Default);
        Length = column;
        if (column == 0) Clear();
    }

    /// <summary>Blanks cells. Does not add cells after the end of the line, which are blank anyway.</summary>
    public void Erase(int start, int end, in TextStyle style)
    {
        end = Math.Min(end, Length);
        if (start >= end) return;
        if (!_simple) SplitAt(start, end, style);
        Blank(start, end, style);
    }

    /// <summary>Inserts blanks before the column; the rest moves right, at most to the limit.</summary>
    public void Insert(int column, int count, int limit, in TextStyle style)
    {
        if (column >= Length) return;
        if (!_simple) SplitAt(column, column, style);
        ExpandTabs(column);
        count = Math.Min(count, limit - column);
        var moved = Math.Min(Length - column, limit - column - count);
        var end = column + count + moved;
        if (end > _text.Length) Grow(end);
        if (!_simple && moved > 0 && column + moved < Length) SplitAt(column + moved, Length, style);
        Move(column, column + count, moved);
        Length = end;
        Blank(column, column + count, style);
    }

    /// <summary>Deletes cells; the rest moves left.</summary>
    public void Delete(int column, int count, in TextStyle style)
    {
        if (column >= Length) return;
        count = Math.Min(count, Length - column);
        if (!_simple) SplitAt(column, column + count, style);
        ExpandTabs(column);
        Move(column + count, column, Length - column - count);
        Length -= count;
    }

    private void Move(int from, int to, int count)
    {
        Array.Copy(_text, from, _text, to, count);
        Array.Copy(_cellStyles, from, _cellStyles, to, count);
        if (_composed.Length == 0) return;
        if (_composed.Length < _text.Length) Array.Resize(ref _composed, _text.Length);
        Array.Copy(_composed, from, _composed, to, count);
    }
}
