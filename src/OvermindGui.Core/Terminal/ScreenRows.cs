namespace OvermindGui.Core.Terminal;

/// <summary>The rows of a screen from top to bottom, as a ring buffer, because most scrolling moves the whole screen by one row.</summary>
internal sealed class ScreenRows
{
    private ScreenRow[] _ring;
    private ScreenRow[] _moved = [];
    private int _top;

    public ScreenRows(int count) => _ring = NewRows(count);

    public int Count => _ring.Length;

    public ScreenRow this[int row]
    {
        get => _ring[Place(row)];
        private set => _ring[Place(row)] = value;
    }

    /// <summary>Cells that rows have released, for other rows.</summary>
    public Stack<LineCells> Spare { get; } = new();

    /// <summary>Empties a row; the line to which it belongs is not touched.</summary>
    public void Clear(int row) => this[row].Clear(Spare);

    /// <summary>True when the row continues its line from the row above, or from one that has left the screen.</summary>
    public bool Continues(int row) => this[row].Line is { } line && (line.HasHead || row > 0 && this[row - 1].Line == line);

    /// <summary>True when the row's line goes on in the row below.</summary>
    public bool GoesOn(int row) => row < Count - 1 && this[row].Line is { } line && this[row + 1].Line == line;

    /// <summary>Moves rows up within a range; the rows that leave it at the top return, unchanged, at its end.</summary>
    public void RotateUp(int first, int last, int count)
    {
        if (first == 0 && last == Count - 1)
        {
            _top = Place(count);
            return;
        }

        var height = last - first + 1;
        if (_moved.Length < height) _moved = new ScreenRow[Count];
        for (var i = 0; i < height; i++) _moved[i] = this[first + i];
        for (var i = 0; i < height; i++) this[first + i] = _moved[i + count < height ? i + count : i + count - height];
    }

    /// <summary>Adds empty rows at the bottom, or removes the last rows.</summary>
    public void Resize(int count)
    {
        var rows = NewRows(count);
        for (var row = 0; row < Math.Min(count, Count); row++) rows[row] = this[row];
        (_ring, _top) = (rows, 0);
    }

    private int Place(int row)
    {
        var place = _top + row;
        return place < _ring.Length ? place : place - _ring.Length;
    }

    private static ScreenRow[] NewRows(int count)
    {
        var rows = new ScreenRow[count];
        for (var row = 0; row < count; row++) rows[row] = new ScreenRow();
        return rows;
    }
}
