namespace OvermindGui.Core.Terminal;

/// <summary>
/// A row of the screen. It is kept as text and runs, as the log has it, until a program comes back to it: from then on it keeps its
/// cells, so that going to and fro costs nothing. So does a row with characters whose cells the text alone does not say.
/// </summary>
internal sealed class ScreenRow
{
    private LineCells? _cells;
    private StyledLine _text = StyledLine.Plain("");
    private int _width;

    /// <summary>The line of the log that this row belongs to; null when nothing was written to the row.</summary>
    public LogLine? Line { get; set; }

    /// <summary>How many cells it had when its line went on in the next row; 0 if it did not.</summary>
    public int WrappedAt { get; set; }

    public StyledLine Text => _cells?.ToLine() ?? _text;

    /// <summary>In cells, up to the last one that was written.</summary>
    public int Width => _cells?.Length ?? _width;

    /// <summary>True when it shows nothing.</summary>
    public bool IsBlank => Width == 0 || Text is { Runs.Length: 0 } text && text.Text.AsSpan().IndexOfAnyExcept(' ') < 0;

    public LineCells Open(Stack<LineCells> spare, int limit)
    {
        if (_cells is not null) return _cells;
        _cells = spare.TryPop(out var cells) ? cells : new LineCells();
        if (_width == 0) _cells.Clear();
        else _cells.Load(_text, limit);
        return _cells;
    }

    /// <summary>Gives its cells to the next row that needs some; its text stays.</summary>
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
