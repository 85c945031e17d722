namespace OvermindGui.Core.Terminal;

/// <summary>
/// A row of the screen. It is stored as text and runs, like in the log, until a program edits it; then it keeps its cells, so repeated
/// edits are cheap. Rows whose cells cannot be derived from the text also keep them.
/// </summary>
internal sealed class ScreenRow
{
    private LineCells? _cells;
    private RowText _text = RowText.Empty;

    /// <summary>The log line that this row belongs to; null when nothing was written to the row.</summary>
    public LogLine? Line { get; set; }

    /// <summary>Number of its cells when its line continued in the next row; 0 if it did not.</summary>
    public int WrappedAt { get; set; }

    public RowText Text => _cells is null ? _text : RowText.Of(_cells.ToLine());

    /// <summary>In cells, up to the last one that was written.</summary>
    public int Width => _cells?.Length ?? _text.Length;

    /// <summary>In cells or characters, whichever is larger: a cell may hold several characters.</summary>
    public int Length => _cells is null ? _text.Length : Math.Max(_cells.Length, Text.Length);

    /// <summary>True when each cell is one UTF-16 code unit.</summary>
    public bool IsSimple => _cells is null or { IsSimple: true };

    /// <summary>True when its text says what its cells are.</summary>
    public bool IsDerivable => _cells is null or { IsDerivable: true };

    public LineCells Open(Stack<LineCells> spare, int limit)
    {
        if (_cells is not null) return _cells;
        _cells = spare.TryPop(out var cells) ? cells : new LineCells();
        if (_text.Length == 0) _cells.Clear();
        else _cells.Load(_text.ToLine(), limit);
        return _cells;
    }

    /// <summary>Gives a row without cells its text. Each character takes one cell.</summary>
    public void Fill(in RowText text) => _text = text;

    /// <summary>Releases the cells for reuse by another row; the text stays.</summary>
    public void Close(Stack<LineCells> spare)
    {
        if (_cells is not { IsSimple: true }) return;
        _text = RowText.Of(_cells.ToLine());
        spare.Push(_cells);
        _cells = null;
    }

    public void Clear(Stack<LineCells> spare)
    {
        WrappedAt = 0;
        if (_cells is not null) spare.Push(_cells);
        else if (_text.Length == 0) return;
        (_cells, _text) = (null, RowText.Empty);
    }
}
