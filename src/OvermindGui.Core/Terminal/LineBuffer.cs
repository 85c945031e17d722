namespace OvermindGui.Core.Terminal;

/// <summary>The line under the cursor: one cell per UTF-16 code unit, each with a style.</summary>
internal sealed class LineBuffer
{
    private readonly StylePalette _styles = new();
    private char[] _text = new char[256];
    private ushort[] _cellStyles = new ushort[256];
    private int _cursor;
    private bool _styled;

    public int Length { get; private set; }

    public int Cursor => _cursor;

    public void Put(ReadOnlySpan<char> text, TextStyle style)
    {
        var end = _cursor + text.Length;
        if (end > _text.Length) Grow(end);
        BlankHalves(_cursor, end);
        var id = _styles.IdOf(style);
        _styled |= id != 0;
        text.CopyTo(_text.AsSpan(_cursor));
        _cellStyles.AsSpan(_cursor, text.Length).Fill(id);
        _cursor = end;
        Length = Math.Max(Length, end);
    }

    public void CarriageReturn() => _cursor = 0;

    public void Backspace() => _cursor = Math.Max(0, _cursor - 1);

    /// <summary>Moves to the next multiple of eight columns; what is there already stays.</summary>
    public void Tab()
    {
        var target = (_cursor / 8 + 1) * 8;
        while (Length < target && _cursor >= Length) Put(" ", TextStyle.Default);
        _cursor = target;
        if (_cursor > Length) Pad(_cursor);
    }

    public void EraseToEnd()
    {
        BlankHalves(_cursor, Length);
        Length = Math.Min(Length, _cursor);
    }

    public void EraseToStart()
    {
        if (_cursor >= Length) Pad(_cursor + 1);
        BlankHalves(0, _cursor + 1);
        _text.AsSpan(0, _cursor + 1).Fill(' ');
        _cellStyles.AsSpan(0, _cursor + 1).Clear();
    }

    public void EraseAll()
    {
        Length = 0;
        if (_cursor > 0) Pad(_cursor);
    }

    /// <summary>The line as it stands; the buffer begins the next one.</summary>
    public StyledLine Take()
    {
        var line = new StyledLine(new string(_text, 0, Length), _styled ? TakeRuns() : []);
        Length = _cursor = 0;
        _styled = false;
        _styles.Trim();
        return line;
    }

    private StyleRun[] TakeRuns()
    {
        var cells = _cellStyles.AsSpan(0, Length);
        var runs = new List<StyleRun>(8);
        for (var start = 0; start < cells.Length;)
        {
            var next = cells[start..].IndexOfAnyExcept(cells[start]);
            var length = next < 0 ? cells.Length - start : next;
            runs.Add(new StyleRun(start, length, _styles[cells[start]]));
            start += length;
        }

        // Styled cells may have been overwritten or erased since.
        return runs.TrueForAll(run => run.Style == TextStyle.Default) ? [] : [.. runs];
    }

    // A character of two units whose one half is about to go: the other becomes a blank, as half a wide character does on a terminal.
    private void BlankHalves(int start, int end)
    {
        if (start > 0 && start < Length && char.IsLowSurrogate(_text[start])) _text[start - 1] = ' ';
        if (end < Length && char.IsLowSurrogate(_text[end])) _text[end] = ' ';
    }

    private void Pad(int length)
    {
        if (length > _text.Length) Grow(length);
        if (length <= Length) return;
        _text.AsSpan(Length, length - Length).Fill(' ');
        _cellStyles.AsSpan(Length, length - Length).Clear();
        Length = length;
    }

    private void Grow(int needed)
    {
        var size = Math.Max(needed, _text.Length * 2);
        Array.Resize(ref _text, size);
        Array.Resize(ref _cellStyles, size);
    }
}
