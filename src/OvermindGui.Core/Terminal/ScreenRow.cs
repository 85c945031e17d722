namespace OvermindGui.Core.Terminal;

/// <summary>
/// A row of the screen. It is stored as text and runs, like in the log, until a program edits it; then it keeps its cells, so repeated
/// edits are cheap. Rows whose cells cannot be derived from the text also keep them.
/// </summary>
internal sealed class ScreenRow
{
    private LineCells? _cells;
    private StyledLine _text = StyledLine.Plain("");
    private int _width;

    /// <summary>The log line that this row belongs to; null when nothing was written to the row.</summary>
    public LogLine? Line { get; set; }

    /// <summary>Number of its cells when its line continued in the next row; 0 if it did not.</summary>
    public int WrappedAt { get; set; }

    public StyledLine Text => _cells?.ToLine() ?? _text;

    /// <summary>In cells, up to the last one that was written.</summary>
    public int Width => _cells?.Length ?? _width;

    /// <summary>True when it is blank.</summary>
    public bool IsBlank => Width == 0 || Text is { Runs.Length: 0 } text && text.Text.AsSpan().IndexOfAnyExcept(' ') < 0;

    public LineCells Open(Stack<LineCells> spare, int limit)
    {
        if (_cells is not null) return _cells;
        _cells = spare.TryPop(out var cells) ? cells : new LineCells();
        if (_width == 0) _cells.Clear();
        else _cells.Load(_text, limit);
        return _cells;
    }

    /// <summary>Releases the cells for reuse by another row; the text stays.</summary>
    public StyledLine Close(Stack<LineCells> spare)
    {
        if (_cells is null) return _text;
        if (!_cells.IsSimple) return _cells.ToLine();
        (_text, _width) = (_cells.ToLine(), _cells.Length);
        spare.Push(_cells);
        _cells = null;
        return _text;
    }

    public void Clear(Stack<LineCells> spare)
    {
        WrappedAt = 0;
        if (_cells is not null) spare.Push(_cells);
        else if (_width == 0) return;
        (_cells, _text, _width) = (null, StyledLine.Plain(""), 0);
    }
}
