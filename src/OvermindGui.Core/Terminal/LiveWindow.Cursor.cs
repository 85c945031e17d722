namespace OvermindGui.Core.Terminal;

internal sealed partial class LiveWindow
{
    public void CarriageReturn() => _column = 0;

    public void Backspace() => _column = Math.Max(0, _column - 1);

    public void Tab(int count)
    {
        for (; count > 0 && _column < LineAssembler.MaxLineLength; count--) _column = LineCells.NextTabStop(_column);
    }

    public void BackTab(int count)
    {
        for (; count > 0 && _column > 0; count--) _column = (_column - 1) / 8 * 8;
    }

    /// <summary>Goes to a column, at most to the window's last one, or behind the line where that is longer.</summary>
    public void MoveToColumn(int column) =>
        _column = Math.Clamp(column, 0, Math.Max(_size.Columns - 1, Math.Max(_column, _cells.Length)));

    /// <summary>Goes up or, for a negative number, down, as far as the window reaches.</summary>
    public void Up(int count) => MoveTo(_row - count, _column);

    /// <summary>Goes one row down in the same column; behind the newest line it is a new one.</summary>
    public void Index()
    {
        var column = _column;
        LineFeed();
        _column = column;
    }

    /// <summary>Goes one row up in the same column; at the top of the screen, what is there moves down instead.</summary>
    public void ReverseIndex()
    {
        var column = _column;
        if (_row > Top) MoveTo(_row - 1, _column);
        else InsertLines(1);
        _column = column;
    }

    /// <summary>Goes to a row of the screen, counted from 0.</summary>
    public void MoveToRow(int row) => MoveTo(Top + Math.Min(row, _size.Rows - 1), _column);

    /// <summary>The cursor's place on the screen.</summary>
    public (int Row, int Column) Position => ((int)(_row - Top), _column);

    /// <summary>True at the upper left corner of the screen.</summary>
    public bool IsHome => _row == Top && _column == 0;

    private void MoveTo(long row, int column)
    {
        _column = column;
        row = Math.Clamp(row, _first, Math.Max(_last, Top + _size.Rows - 1));
        if (row == _row) return;
        KeepRow();
        _row = row;
        if (_row <= _last) _cells.Load(this[_row].Content);
        else _cells.Clear();
    }

    // The row is about to be written: it and all before it become lines.
    private void EnterRow()
    {
        if (_row <= _last) return;
        var row = _row;
        for (_row = _last; _row < row; _row = _last)
        {
            TellFirstTime(_last);
            Append();
        }
    }

    // The cells are about to show another line.
    private void KeepRow()
    {
        if (!_touched) return;
        _touched = false;
        SetContent(ref this[_row], _cells.ToLine());
        Mark(_row);
    }

    private void TellFirstTime(long number)
    {
        if (this[number].Told) return;
        Mark(number);
        Tell(number);
    }

    private void Mark(long number)
    {
        ref var line = ref this[number];
        if (line.Changed) return;
        line.Changed = true;
        _changes++;
    }
}
