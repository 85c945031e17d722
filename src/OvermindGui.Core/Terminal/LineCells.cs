using System.Text;

namespace OvermindGui.Core.Terminal;

/// <summary>
/// A line as a terminal has it: a row of cells, each with a style. A wide character takes two, and what is drawn over another takes
/// none: such a character with its marks is kept whole, beside the cells. Half of a wide character never stays behind. A tab at the end
/// of the line is a character too, as wide as the way to the next stop: the line gives it back as it was printed. What cuts or moves it
/// turns it into the blanks that it shows.
/// </summary>
internal sealed partial class LineCells
{
    // Half a surrogate pair is never text of its own, so these can stand in a cell for something else.
    private const char RightHalf = '\uDC00';
    private const char TabRest = '\uDC01'; // every cell of a tab but the first
    private const char Composed = '\uD800'; // the text is in _composed

    private const int MaxComposedLength = 32; // as long as real characters get, and no stack of marks grows for ever

    private readonly StylePalette _styles = new();
    private char[] _text = new char[256];
    private ushort[] _cellStyles = new ushort[256];
    private string[] _composed = [];
    private bool _styled;
    private bool _simple = true;

    /// <summary>True when each cell is one UTF-16 code unit.</summary>
    public bool IsSimple => _simple;

    /// <summary>In cells.</summary>
    public int Length { get; private set; }

    /// <summary>Writes characters of one cell and one code unit each.</summary>
    public void Put(int column, ReadOnlySpan<char> text, in TextStyle style)
    {
        var end = Open(column, text.Length, style);
        text.CopyTo(_text.AsSpan(column));
        SetStyle(column, end, style);
    }

    /// <summary>Writes one character of any kind.</summary>
    public void Put(int column, Rune rune, int width, in TextStyle style)
    {
        var end = Open(column, width, style);
        if (rune.IsBmp) _text[column] = (char)rune.Value;
        else Compose(column, rune.ToString());
        if (width == 2) _text[column + 1] = RightHalf;
        if (width == 2 || !rune.IsBmp || CharacterWidth.Of(rune) == 0) _simple = false;
        SetStyle(column, end, style);
    }

    /// <summary>Writes a tab behind the end of the line, up to the next stop or the limit, and returns the column there.</summary>
    public int PutTab(int limit)
    {
        var (column, stop) = (Length, Math.Min(TabStops.Next(Length), limit));
        Open(column, stop - column, TextStyle.Default);
        _text[column] = '\t';
        _text.AsSpan(column + 1, stop - column - 1).Fill(TabRest);
        SetStyle(column, stop, TextStyle.Default);
        _simple = false;
        return stop;
    }

    /// <summary>Adds to the character that ends before the column, when it belongs to it. Returns by how many cells that one grew, or -1.</summary>
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
        (Length, _styled, _simple) = (0, false, true);
        _styles.Trim();
    }

    // Room for the cells, blanks before them, and no half of a wide character at either border.
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

    // Cells that move would take a tab to a place from where the next stop is another.
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
        _text[column] = Composed;
        _composed[column] = text;
    }

    private void Grow(int needed)
    {
        var size = Math.Max(needed, _text.Length * 2);
        Array.Resize(ref _text, size);
        Array.Resize(ref _cellStyles, size);
    }
}
