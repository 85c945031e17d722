namespace OvermindGui.Core.Terminal;

/// <summary>
/// Finished lines that were reported and scrolled the screen, but are not in its rows yet: in a flood most lines leave the screen before
/// anything looks at it. Keeps only what the screen may show.
/// </summary>
internal sealed class ScreenBacklog(ScreenRows rows, ScreenLog log)
{
    private (long Number, StyledLine Text, bool IsSimple)[] _lines = [];
    private int _next;
    private int _count;
    private int _length; // of all lines

    public bool IsEmpty => _count == 0;

    /// <summary>Numbers of lines that are on the screen once this is laid out, and below the given one.</summary>
    public IReadOnlyList<long> LiveLinesBelow(long number, int width)
    {
        var remaining = log.LiveLinesBelow(number, Math.Max(_count, _length / width)); // the backlog takes that many rows or more
        if (_count == 0 || Newest(_count - 1).Number >= number) return remaining;
        return [.. remaining, .. Enumerable.Range(0, _count).Select(line => Newest(line).Number).Where(live => live < number)];
    }

    /// <summary>Adds a line that began in a row, which is free for the next line after that.</summary>
    /// <param name="isSimple">True when each cell is one UTF-16 code unit.</param>
    public void Add(ScreenRow row, in StyledLine text, bool isSimple, int width)
    {
        if (_lines.Length != rows.Count) (_lines, _next) = (new (long, StyledLine, bool)[rows.Count], 0);
        _length += text.Text.Length;
        while (_count == _lines.Length || _count > 0 && _length - Newest(_count - 1).Text.Text.Length >= rows.Count * width) DropOldest();
        _lines[_next] = (log.Pass(row, text), text, isSimple);
        if (++_next == _lines.Length) _next = 0;
        _count++;
    }

    private void DropOldest()
    {
        ref var oldest = ref Newest(--_count);
        _length -= oldest.Text.Text.Length;
        oldest = default;
    }

    /// <summary>Scrolls the rows above the given one, and puts the lines there.</summary>
    public void LayOut(int end, int width)
    {
        var (height, lines) = (0, 0);
        for (; lines < _count && height < end; lines++) height += HeightOf(Newest(lines), width);
        (_count, _length) = (0, 0);
        ScrollUp(end, Math.Min(height, end));
        for (var line = 0; line < lines; line++)
        {
            LayOut(Newest(line), end, width);
            end -= HeightOf(Newest(line), width);
        }
    }

    private ref (long Number, StyledLine Text, bool IsSimple) Newest(int line) => ref _lines[_next - 1 - line + (line < _next ? 0 : _lines.Length)];

    private static int HeightOf(in (long Number, StyledLine Text, bool IsSimple) line, int width) =>
        line.IsSimple ? (line.Text.Text.Length + width - 1) / width : 1;

    private void ScrollUp(int end, int count)
    {
        for (var row = 0; row < count; row++)
        {
            log.Leave(row);
            rows.Clear(row);
        }

        rows.RotateUp(0, end - 1, count);
    }

    private void LayOut(in (long Number, StyledLine Text, bool IsSimple) line, int end, int width)
    {
        var height = HeightOf(line, width);
        var laidOut = new LogLine { Number = line.Number, Rows = height, IsEnded = true };
        for (var i = 0; i < height; i++)
        {
            var text = line.IsSimple ? RowText.Of(line.Text, i * width, Math.Min(width, line.Text.Text.Length - i * width)) : RowText.Of(line.Text);
            if (end - height + i is >= 0 and var row) Put(rows[row], laidOut, text, line.IsSimple, wrappedAt: i < height - 1 ? width : 0);
            else laidOut.AddToHead(text, text.Length);
        }

        laidOut.FilledLength = (height - 1) * width;
    }

    private void Put(ScreenRow row, LogLine line, in RowText text, bool isSimple, int wrappedAt)
    {
        (row.Line, row.WrappedAt) = (line, wrappedAt);
        if (isSimple) row.Fill(text);
        else row.Open(rows.Spare, int.MaxValue).Load(text.ToLine(), int.MaxValue);
    }
}
