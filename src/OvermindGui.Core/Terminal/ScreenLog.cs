namespace OvermindGui.Core.Terminal;

/// <summary>Receives a line. A number higher than all before is a new line; any other is the current form of that line.</summary>
public delegate void LineReceiver(long number, in StyledLine line);

/// <summary>
/// Turns the contents of a screen into a log. Each row that was written to belongs to a line; lines are numbered from 0 in screen order
/// when they are first reported. A line moves with its rows when the screen scrolls, and is final once its last row has left the screen.
/// Empty lines are held back until text follows, so a cleared screen leaves none. While a scroll region is set, rows outside it (such as a
/// footer) have their own lines in the log.
/// </summary>
internal sealed class ScreenLog(ScreenRows rows, LineReceiver receiver)
{
    // Programs scroll a screen away with as many newlines as it has rows. More empty lines than that are intentional.
    private const int MaxWaitingLines = TerminalSize.Largest;

    private static readonly StyledLine Empty = StyledLine.Plain("");

    private readonly List<long> _numbers = [];
    private readonly LineText _text = new(rows);
    private long _next; // number of the next new line
    private long _shown; // from _next to here: free numbers that the receiver still shows
    private int _unreported; // lines on the screen that were not reported
    private int _waiting; // empty lines that left the screen unreported
    private int _changed; // lines that differ from their reported text
    private int _top; // of the scroll region
    private int _bottom = rows.Count - 1;
    private LogLine? _newest;
    private LogLine? _spare; // reused, because lines leave and enter the screen constantly

    /// <summary>True when <see cref="Report()"/> has changes to report.</summary>
    public bool HasChanges => _changed > 0 || _shown > _next;

    /// <summary>The first row of the current page. Rows above it without a line do not belong to the page.</summary>
    public int PageTop { get; set; }

    private bool HasRegion => _top > 0 || _bottom < rows.Count - 1;

    /// <summary>Number of the newest line while it is unfinished, otherwise of the next one.</summary>
    public long NewestLine => _newest is { IsEnded: false } && IsNewest(_newest) ? _next - 1 : _next;

    /// <summary>True when this is the last reported line.</summary>
    public bool IsNewest(LogLine line) => line.Number == _next - 1;

    /// <summary>Numbers of lines on the screen that are below the given one, from this row on.</summary>
    public IReadOnlyList<long> LiveLinesBelow(long number, int first)
    {
        List<long>? numbers = null;
        for (var row = first; row < rows.Count; row++)
            if (rows[row].Line is { IsReported: true } line && line.Number < number) (numbers ??= []).Add(line.Number);
        return numbers ?? (IReadOnlyList<long>)[];
    }

    /// <summary>Creates a line for a row and for the skipped rows above it, except across the border of a region.</summary>
    public void Begin(int row)
    {
        var (first, last) = (row, LastOf(row));
        while (!HasRegion && first > PageTop && rows[first - 1] is { Line: null, Width: 0 }) first--;
        for (var i = first; i <= row; i++) Begin(rows[i]);
        for (var below = row + 1; below <= last; below++)
        {
            if (rows[below].Line is not { IsReported: true }) continue;
            Renumber(first);
            return;
        }
    }

    /// <summary>True when everything but a line that begins in this row has been reported.</summary>
    public bool IsReported(LogLine? line)
    {
        if ((_changed | _waiting) > 0) return false;
        return line is null ? _unreported == 0 : _unreported == 1 && line is { IsReported: false, Rows: 1, HasHead: false };
    }

    /// <summary>True when a line that begins in this row makes lines of skipped rows above it.</summary>
    public bool HasSkippedRows(int row) => rows[row].Line is null && row > PageTop && rows[row - 1] is { Line: null, Width: 0 };

    /// <summary>Reports a finished line, which was written in this row, and frees the row. Returns the line's number.</summary>
    public long Pass(ScreenRow row, in StyledLine text)
    {
        if (row.Line is { } line)
        {
            (row.Line, _spare) = (null, line.Reset());
            _unreported--;
        }

        var number = _next++;
        if (_shown < _next) _shown = _next;
        receiver(number, text);
        return number;
    }

    /// <summary>Empty rows were inserted before others: they become lines unless nothing follows.</summary>
    public void Insert(int first, int end)
    {
        var (below, last) = (end + 1, LastOf(first));
        while (below <= last && rows[below].Line is null) below++;
        for (var row = first; row <= end && below <= last; row++) Begin(rows[row]);
        Renumber(first);
    }

    private void Begin(ScreenRow row)
    {
        row.Line = _spare ?? new LogLine();
        _spare = null;
        _unreported++;
    }

    /// <summary>Rows outside the region no longer scroll with it. Trailing empty rows were only meant to make room.</summary>
    public void SetRegion(int top, int bottom)
    {
        (_top, _bottom) = (top, bottom);
        if (!HasRegion) return;
        for (var row = rows.Count - 1; row >= 0; row--)
        {
            if (rows[row].Line is not { } line) continue;
            if (line is not { IsReported: false, IsChanged: false, Rows: 1, HasHead: false } || rows[row].Width > 0) break;
            rows[row].Line = null;
            _unreported--;
        }
    }

    /// <summary>Marks the line as different from its reported text.</summary>
    public void Mark(LogLine line)
    {
        if (line.IsChanged) return;
        line.IsChanged = true;
        _changed++;
    }

    private void Unmark(LogLine line)
    {
        if (!line.IsChanged) return;
        line.IsChanged = false;
        _changed--;
    }

    /// <summary>Reports all changes.</summary>
    public void Report()
    {
        LogLine? before = null;
        for (var row = 0; _changed > 0 && row < rows.Count; row++)
        {
            var line = rows[row].Line;
            if (line is { IsChanged: true } && line != before) Report(line, row);
            before = line;
        }

        for (var number = _next; number < _shown; number++) receiver(number, Empty);
        _shown = _next;
    }

    /// <summary>Reports the current form of a line, after those above it. A new, empty line is held back.</summary>
    public void Report(LogLine line, int row) => Report(line, row, _text.Of(line, row));

    /// <summary>The same for a line whose text is known.</summary>
    public void Report(LogLine line, int row, in StyledLine text)
    {
        Unmark(line);
        if (!line.IsReported)
        {
            if (text.Text.Length == 0) return;
            if (_unreported > 1 || _waiting > 0) ReportAbove(row, line);
            Number(line);
        }

        receiver(line.Number, text);
    }

    /// <summary>Call this at the end of the stream: reports all changes, including empty lines that a newline ended.</summary>
    public void Complete()
    {
        Report();
        var last = rows.Count - 1;
        while (last >= 0 && rows[last].Line is not { IsReported: false, IsEnded: true }) last--;
        ReportAbove(last + 1, null);
    }

    /// <summary>Reports a line that is on no row of the screen.</summary>
    public void Append(in StyledLine text)
    {
        Report();
        ReportWaiting();
        var line = new LogLine();
        _unreported++;
        Number(line);
        receiver(line.Number, text);
    }

    /// <summary>Finalises all lines before the rows are cleared for a new page. Trailing empty lines are dropped.</summary>
    public void BeginPage(int top)
    {
        Report();
        for (var row = rows.Count - 1; row >= 0; row--)
        {
            if (rows[row].Line is not { IsReported: true } line) continue;
            if (!IsNewest(line) || !LineText.IsBlank(_text.Of(line, row))) break;
            _next--; // the first lines of the next page reuse the numbers
        }

        for (var row = 0; row < rows.Count; row++) rows[row].Line = null;
        (PageTop, _unreported, _waiting) = (top, 0, 0);
    }

    /// <summary>Length of the line in the rows above this one.</summary>
    public int LengthAbove(LogLine line, int row)
    {
        var length = line.HeadLength;
        for (row--; row >= 0 && rows[row].Line == line; row--) length += rows[row].Length;
        return length;
    }

    /// <summary>A row leaves the screen, which makes its contents final.</summary>
    public void Leave(int row)
    {
        if (rows[row].Line is not { } line) return;
        if (line.Rows > 1)
        {
            line.AddToHead(_text.PartOf(row, isLast: false), rows[row].Length);
        }
        else
        {
            Finish(line, row);
            if (line != _newest) _spare = line.Reset();
        }

        rows[row].Line = null;
    }

    /// <summary>The line is no longer on the screen, and stays unchanged in the log.</summary>
    public void Finish(LogLine line, int row)
    {
        line.IsEnded = true;
        if (line.IsReported)
        {
            if (line.IsChanged) Report(line, row);
            return;
        }

        var text = _text.Of(line, row);
        Report(line, row, text);
        if (line.IsReported) return;
        _unreported--;
        if (++_waiting > MaxWaitingLines) ReportWaiting();
    }

    /// <summary>Keeps the line in the log but detaches it from the screen; further text in its rows forms another line.</summary>
    public void Detach(int row)
    {
        var line = rows[row].Line!;
        Finish(line, row);
        for (; row < rows.Count && rows[row].Line == line; row++) rows[row].Line = null;
    }

    /// <summary>Removes an erased or overwritten row from its line. Call <see cref="Renumber"/> afterwards.</summary>
    public void Drop(int row)
    {
        var line = rows[row].Line!;
        rows[row].Line = null;
        if (--line.Rows > 0 || line.HasHead)
        {
            Mark(line);
            if (line.Rows == 0) Finish(line, row);
            return;
        }

        Unmark(line);
        if (line.IsReported) _numbers.Add(line.Number);
        else _unreported--;
    }

    /// <summary>Splits a line: the given row and the ones below it become a separate line.</summary>
    public void Split(int row)
    {
        var last = LastOf(row);
        var line = rows[row].Line!;
        Begin(rows[row]);
        var rest = rows[row].Line!;
        line.Rows--;
        for (var below = row + 1; below <= last && rows[below].Line == line; below++)
        {
            rows[below].Line = rest;
            line.Rows--;
            rest.Rows++;
        }

        Mark(line);
        Mark(rest);
        Renumber(row);
    }

    /// <summary>
    /// Renumbers the lines from this row on in screen order, after lines were inserted, deleted or moved.
    /// </summary>
    public void Renumber(int first)
    {
        var (start, last) = (FirstOf(first), LastOf(first));
        var above = first > 0 ? rows[first - 1].Line : null;
        var newest = first - 1;
        while (newest >= start && rows[newest].Line is not { IsReported: true }) newest--;
        var before = above;
        for (var row = first; row <= last; row++)
        {
            // A lower number than the line above: the rest of a footer whose region was removed.
            if (newest >= start && rows[row].Line is { IsReported: true } old && old != above && old.Number < rows[newest].Line!.Number) Detach(row);
            if (rows[row].Line is { IsReported: true } line && line != before) _numbers.Add(line.Number);
            before = rows[row].Line;
        }

        if (_numbers.Count == 0) return;
        _numbers.Sort();
        before = above;
        var (dealt, end) = (0, first);
        for (var row = first; row <= last; row++)
        {
            if (rows[row].Line is { } line && line != before)
            {
                SetNumber(line, dealt < _numbers.Count ? _numbers[dealt++] : LogLine.Unreported);
                end = row + 1;
            }

            before = rows[row].Line;
            if (before is not null) end = row + 1;
        }

        for (var left = _numbers.Count - 1; left >= dealt; left--) Vacate(_numbers[left], end + left - dealt <= last ? rows[end + left - dealt] : null);
        _numbers.Clear();
    }

    // Drops the line. The next line that is written takes its number: any line, or the one in the given empty row.
    private void Vacate(long number, ScreenRow? row)
    {
        if (number == _next - 1)
        {
            _next--;
        }
        else if (row is null)
        {
            receiver(number, Empty);
        }
        else
        {
            row.Line = new LogLine { Number = number };
            Mark(row.Line);
        }
    }

    private void SetNumber(LogLine line, long number)
    {
        if (line.Number == number) return;
        if (!line.IsReported) _unreported--;
        line.Number = number;
        if (!line.IsReported) _unreported++;
        Mark(line);
    }

    private void Number(LogLine line)
    {
        line.Number = _next++;
        _newest = line;
        _unreported--;
        if (_shown < _next) _shown = _next;
    }

    private void ReportWaiting()
    {
        for (; _waiting > 0; _waiting--)
        {
            var number = _next++;
            if (_shown < _next) _shown = _next;
            receiver(number, Empty);
        }
    }

    private void ReportAbove(int row, LogLine? line)
    {
        ReportWaiting();
        var first = row;
        var missing = line is null ? _unreported : _unreported - 1;
        for (var above = row - 1; above >= 0 && missing > 0; above--)
        {
            if (rows[above].Line is not { IsReported: false } waiting || waiting == line) continue;
            if (above == 0 || rows[above - 1].Line != waiting) missing--;
            first = above;
        }

        for (var above = first; above < row; above++)
        {
            if (rows[above].Line is not { IsReported: false } waiting || waiting == line) continue;
            var text = _text.Of(waiting, above);
            Unmark(waiting);
            Number(waiting);
            receiver(waiting.Number, text);
        }
    }

    // Rows above, inside and below the region are independent of each other.
    private int FirstOf(int row) => row < _top ? 0 : row <= _bottom ? _top : _bottom + 1;

    private int LastOf(int row) => row < _top ? _top - 1 : row <= _bottom ? _bottom : rows.Count - 1;
}
