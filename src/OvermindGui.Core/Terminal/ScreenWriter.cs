namespace OvermindGui.Core.Terminal;

/// <summary>
/// Writes text and the ends of lines at the cursor of a screen: wraps rows, scrolls, and hands lines that only pass through the screen to the
/// backlog.
/// </summary>
internal sealed class ScreenWriter(ScreenRows rows, ScreenLog? log, ScreenBacklog? backlog, ScrollRegion region, ScreenCursor cursor)
{
    // A longer line is wrapped at once.
    private const int LongestUnwrapped = LineAssembler.MaxLineLength / 4;

    private bool _passed; // the line of the cursor's row is in the backlog, and its newline is next

    /// <summary>False: text that does not fit overwrites the last column (DECAWM).</summary>
    public bool Wraps { get; set; } = true;

    /// <summary>True: new text moves the rest of the row to the right (IRM).</summary>
    public bool Inserts { get; set; }

    /// <summary>Writes text from the cursor's position on.</summary>
    /// <param name="endsLine">True: a newline is the next that happens.</param>
    public void Write(ReadOnlySpan<char> text, in TextStyle style, bool endsLine = false)
    {
        if (WriteUnwrapped(text, style, endsLine)) return;
        WrapRow();
        WriteWrapped(text, style);
    }

    /// <summary>Wraps a row that was written longer than the screen is wide. Call this before anything but output or a new line.</summary>
    public void WrapRow()
    {
        if (cursor.Column > cursor.Width) WrapUnwrapped();
    }

    /// <summary>Moves to the next row; on the last row, scrolls the region.</summary>
    public void LineFeed(bool carriageReturn)
    {
        if (carriageReturn && Pass()) return;
        WrapRow();
        cursor.Settle();
        EndRow();
        cursor.Restrict();
        if (carriageReturn) cursor.Column = 0;
        if (Advance() && log is not null) EnterRow();
    }

    /// <summary>
    /// At the end of a line the tab itself is kept, and a log line does not wrap at it. Anywhere else a tab only moves the cursor.
    /// </summary>
    public void WriteTab()
    {
        if (log is null || !Wraps || !cursor.Tabs.AreDefault || cursor.Column != cursor.Current.Width)
        {
            cursor.Tab(1);
            return;
        }

        if (cursor.Column >= cursor.Limit)
        {
            if (cursor.Limit < cursor.Width) LineFeed(carriageReturn: true);
            else Wrap();
            WriteTab();
            return;
        }

        var cells = cursor.Cells ?? cursor.OpenRow();
        cursor.IsTouched = true;
        cursor.Column = cells.PutTab(cursor.Limit);
    }

    /// <summary>
    /// Takes the rows above from the line of the cursor's row. A program that does not know the window width redraws a bar from where the last
    /// row began, which would make one ever longer line; the rows above show an earlier state of the bar.
    /// </summary>
    public void BeginAgain()
    {
        if (cursor.Current.Line is not { } line) return;
        for (var row = cursor.Row - 1; row >= 0 && rows[row].Line == line; row--)
        {
            rows[row].Line = null;
            line.Rows--;
        }

        line.ClearHead();
    }

    private void WrapUnwrapped()
    {
        var line = cursor.Current.Text.ToLine();
        cursor.Cells!.Clear();
        cursor.Column = 0;
        if (line.Runs.Length == 0) WriteWrapped(line.Text, TextStyle.Default);
        foreach (var run in line.Runs) WriteWrapped(line.Text.AsSpan(run.Start, run.Length), run.Style);
    }

    private void WriteWrapped(ReadOnlySpan<char> text, in TextStyle style)
    {
        var writer = new CellWriter(text) { Inserts = Inserts };
        while (true)
        {
            var cells = cursor.Cells ?? cursor.OpenRow();
            cursor.IsTouched = true;
            cursor.Column = writer.Write(cells, cursor.Column, cursor.Limit, style);
            if (writer.IsDone) return;
            if (cursor.Limit < cursor.Width)
            {
                LineFeed(carriageReturn: true);
                continue;
            }

            if (Wraps)
            {
                Wrap();
                continue;
            }

            writer.OverwriteLast(cells, cursor.Width, style);
            cursor.Column = cursor.Width;
            if (writer.IsDone) return;
        }
    }

    // A newline in the last row scrolls the screen, and normally that is all it does.
    private bool Passes(ScreenRow row) =>
        log is not null && cursor.Row == rows.Count - 1 && region.Bottom == cursor.Row && region.Top == 0 && Wraps && log.IsReported(row.Line)
        && (!backlog!.IsEmpty || !log.HasSkippedRows(cursor.Row));

    // A line that passes needs no wrapping and, when this is all of it, no cells.
    private bool WriteUnwrapped(ReadOnlySpan<char> text, in TextStyle style, bool endsLine)
    {
        var end = cursor.Column + text.Length;
        if (!endsLine && end <= cursor.Width || end > LongestUnwrapped || Inserts) return false;
        var row = cursor.Current;
        if (!Passes(row) || !CellWriter.IsSimple(text)) return false;
        if (endsLine && cursor.Column == 0 && row.Width == 0)
        {
            backlog!.Add(row, new StyledLine(new string(text), style.IsDefault ? [] : [new StyleRun(0, text.Length, style)]), isSimple: true, cursor.Width);
            return _passed = true;
        }

        var cells = cursor.Cells ?? cursor.OpenRow();
        if (!cells.IsSimple) return false;
        cells.Put(cursor.Column, text, style);
        cursor.Column = end;
        return cursor.IsTouched = true;
    }

    // The line of the cursor's row is finished and joins the backlog.
    private bool Pass()
    {
        if (!_passed)
        {
            var row = cursor.Current;
            if (row.Width == 0 || !row.IsDerivable || !Passes(row)) return false;
            backlog!.Add(row, row.Text.ToLine(), row.IsSimple, cursor.Width);
            rows.Clear(cursor.Row);
            cursor.Cells = null;
        }

        (_passed, cursor.IsTouched, cursor.HasReturned, cursor.Column) = (false, false, false, 0);
        return true;
    }

    // The row is full: its line continues in the next row.
    private void Wrap()
    {
        var row = cursor.Current;
        if (cursor.Column < cursor.Width) cursor.Cells!.Truncate(cursor.Column); // a wide character did not fit
        row.WrappedAt = cursor.Column;
        if (cursor.HasReturned) BeginAgain();
        cursor.LeaveRow();
        row.Close(rows.Spare);
        var filled = Math.Max(row.Length, cursor.Column);
        cursor.Column = 0;
        if (row.Line is { } line) WrapLine(line, filled);
        else Advance();
    }

    private void WrapLine(LogLine line, int filled)
    {
        if (cursor.Row + 1 == region.Top)
        {
            LineFeed(carriageReturn: true);
            return;
        }

        line.Rows++; // before scrolling, which must not end the line
        Advance();
        var next = cursor.Current;
        if (next.Line == line)
        {
            line.Rows--;
            return;
        }

        var overwritten = next.Line is not null;
        if (overwritten) log!.Drop(cursor.Row);
        next.Line = line;
        if (overwritten) log!.Renumber(cursor.Row);
        line.FilledLength += filled;
        if (line.FilledLength <= LineAssembler.MaxLineLength - cursor.Width) return;
        line.FilledLength = log!.LengthAbove(line, cursor.Row);
        var room = LineAssembler.MaxLineLength - line.FilledLength;
        if (room <= 0) LineFeed(carriageReturn: true);
        else cursor.Limit = Math.Min(cursor.Width, room);
    }

    // Moves to the row below and returns true, or scrolls.
    private bool Advance()
    {
        if (cursor.Row == region.Bottom)
        {
            cursor.LeaveRow();
            region.ScrollUp(1);
            return false;
        }

        if (cursor.Row == rows.Count - 1) return false;
        cursor.MoveDown();
        return true;
    }

    // The cursor leaves the row by a newline, which normally finishes the line.
    private void EndRow()
    {
        var row = cursor.Current;
        if (log is null)
        {
            cursor.LeaveRow();
            return;
        }

        if (row.Line is null) log.Begin(cursor.Row);
        var line = row.Line!;
        line.IsEnded = true;
        if (line.IsReported && !((cursor.IsTouched || line.IsChanged) && log.IsNewest(line)))
        {
            cursor.LeaveRow();
            return;
        }

        row.Close(rows.Spare);
        cursor.IsTouched = false;
        cursor.CloseRow();
        log.Report(line, cursor.Row);
    }

    // The newline moved to an existing row.
    private void EnterRow()
    {
        if (cursor.Current.Line is not { } line) return;
        var above = rows[cursor.Row - 1].Line;
        if (line == above)
        {
            if (cursor.Current.Width == 0 && !rows.GoesOn(cursor.Row)) log!.Drop(cursor.Row);
            else log!.Split(cursor.Row);
        }
        else if (above is { IsReported: true } && line.IsReported && line.Number < above.Number)
        {
            log!.Detach(cursor.Row); // a footer whose region was removed
        }
    }
}
