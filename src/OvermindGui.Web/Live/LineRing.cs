namespace OvermindGui.Web.Live;

/// <summary>The newest lines in id order. A line is found by its id, which grows: no index is needed. Not thread-safe.</summary>
internal sealed class LineRing(int size)
{
    private readonly RenderedLine[] _lines = new RenderedLine[size];
    private int _start;
    private int _count;

    /// <summary>Adds a line with a higher id than all others; a full ring drops its oldest line.</summary>
    public void Add(RenderedLine line)
    {
        _lines[(_start + _count) % size] = line;
        if (_count < size) _count++;
        else _start = (_start + 1) % size;
    }

    /// <summary>Puts a line in the place of the one with its id, if that is still here.</summary>
    public void Replace(RenderedLine line)
    {
        var (low, high) = (0, _count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (At(middle).Id < line.Id) low = middle + 1;
            else high = middle;
        }

        if (_count > 0 && At(low).Id == line.Id) At(low) = line;
    }

    public void Clear()
    {
        Array.Clear(_lines);
        (_start, _count) = (0, 0);
    }

    public RenderedLine[] ToArray()
    {
        var lines = new RenderedLine[_count];
        var untilEnd = Math.Min(_count, size - _start);
        Array.Copy(_lines, _start, lines, 0, untilEnd);
        Array.Copy(_lines, 0, lines, untilEnd, _count - untilEnd);
        return lines;
    }

    private ref RenderedLine At(int index) => ref _lines[(_start + index) % size];
}
