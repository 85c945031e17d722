namespace OvermindGui.Core.Terminal;

internal sealed partial class LineCells
{
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
