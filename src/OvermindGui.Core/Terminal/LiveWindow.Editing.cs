namespace OvermindGui.Core.Terminal;

internal sealed partial class LiveWindow
{
    public void EraseToEnd() => Edit(() => _cells.Truncate(_column));

    public void EraseToStart(TextStyle style) => Edit(() => _cells.Erase(0, _column + 1, style));

    public void EraseLine() => Edit(_cells.Clear);

    public void EraseCharacters(int count, TextStyle style) => Edit(() => _cells.Erase(_column, _column + count, style));

    public void InsertCharacters(int count, TextStyle style) =>
        Edit(() => _cells.Insert(_column, Math.Min(count, _size.Columns), LineAssembler.MaxLineLength, style));

    public void DeleteCharacters(int count, TextStyle style) => Edit(() => _cells.Delete(_column, count, style));

    /// <summary>Empties everything behind the cursor.</summary>
    public void EraseBelow()
    {
        EraseToEnd();
        for (var number = _row + 1; number <= _last; number++) Replace(number, StyledLine.Plain(""));
    }

    /// <summary>Puts empty lines in at the cursor's row; what is there moves down.</summary>
    public void InsertLines(int count)
    {
        _column = 0;
        if (_row > _last) return;
        KeepRow();
        count = (int)Math.Min(count, Top + _size.Rows - _row);
        var end = Math.Min(_last + count, Top + _size.Rows - 1);
        while (_last < end)
        {
            TellFirstTime(_last);
            Append();
        }

        for (var number = _last; number >= _row; number--)
            Replace(number, number - count >= _row ? this[number - count].Content : StyledLine.Plain(""));
        Reload();
    }

    /// <summary>Takes lines out from the cursor's row on; what is below moves up.</summary>
    public void DeleteLines(int count)
    {
        _column = 0;
        if (_row > _last) return;
        KeepRow();
        for (var number = _row; number <= _last; number++)
            Replace(number, number + count <= _last ? this[number + count].Content : StyledLine.Plain(""));
        Reload();
    }

    // A line that is empty stays as it is; so does one that nothing was written to yet.
    private void Edit(Action edit)
    {
        if (_row > _last || _cells.Length == 0) return;
        edit();
        _touched = true;
    }

    private void Replace(long number, in StyledLine content)
    {
        ref var line = ref this[number];
        if (line.Content.Text == content.Text && line.Content.Runs == content.Runs) return;
        SetContent(ref line, content);
        Mark(number);
    }

    private void Reload()
    {
        _row = Math.Max(_row, _first);
        _cells.Load(this[_row].Content);
    }
}
