using System.Text;

namespace OvermindGui.Core.Terminal;

internal sealed partial class LineCells
{
    /// <summary>The cells as text and runs.</summary>
    public StyledLine ToLine() =>
        !_simple ? ComposedLine() : new StyledLine(new string(_text, 0, Length), _styled ? SimpleRuns() : []);

    /// <summary>Loads a line that <see cref="ToLine"/> returned, up to this many cells.</summary>
    public void Load(in StyledLine line, int limit)
    {
        Clear();
        if (line.Runs.Length == 0) Write(line.Text, TextStyle.Default, limit);
        foreach (var run in line.Runs) Write(line.Text.AsSpan(run.Start, run.Length), run.Style, limit);
    }

    /// <summary>The line as displayed: each tab replaced by blanks up to the next stop, counted from the start of the line.</summary>
    public static StyledLine WithoutTabs(in StyledLine line)
    {
        if (!line.Text.Contains('\t', StringComparison.Ordinal)) return line;
        var cells = new LineCells();
        cells.Load(line, int.MaxValue);
        cells.ExpandTabs(0);
        return cells.ToLine();
    }

    private void Write(ReadOnlySpan<char> text, in TextStyle style, int limit)
    {
        for (var tab = text.IndexOf('\t'); tab >= 0; tab = text.IndexOf('\t'))
        {
            new CellWriter(text[..tab]).Write(this, Length, limit, style);
            PutTab(limit);
            text = text[(tab + 1)..];
        }

        new CellWriter(text).Write(this, Length, limit, style);
    }

    private StyleRun[] SimpleRuns()
    {
        var cells = _cellStyles.AsSpan(0, Length);
        var count = 1;
        for (var rest = cells; !rest.IsEmpty && rest.IndexOfAnyExcept(rest[0]) is > 0 and var next; rest = rest[next..]) count++;
        // Styled cells may have been overwritten or erased since.
        if (count == 1 && (cells.IsEmpty || cells[0] == 0)) return [];
        var runs = new StyleRun[count];
        for (int start = 0, i = 0; i < count; i++)
        {
            var next = cells[start..].IndexOfAnyExcept(cells[start]);
            var length = next < 0 ? cells.Length - start : next;
            runs[i] = new StyleRun(start, length, _styles[cells[start]]);
            start += length;
        }

        return runs;
    }

    private StyledLine ComposedLine()
    {
        var text = new StringBuilder(Length);
        if (!_styled)
        {
            AppendText(text, 0, Length);
            return StyledLine.Plain(text.ToString());
        }

        var runs = new List<StyleRun>();
        for (int cell = 0, end; cell < Length; cell = end)
        {
            var (start, next) = (text.Length, _cellStyles.AsSpan(cell, Length - cell).IndexOfAnyExcept(_cellStyles[cell]));
            end = next < 0 ? Length : cell + next;
            AppendText(text, cell, end);
            runs.Add(new StyleRun(start, text.Length - start, _styles[_cellStyles[cell]]));
        }

        return new StyledLine(text.ToString(), runs.TrueForAll(run => run.Style == TextStyle.Default) ? [] : [.. runs]);
    }

    private void AppendText(StringBuilder text, int start, int end)
    {
        while (start < end)
        {
            var cells = _text.AsSpan(start, end - start);
            var plain = cells.IndexOfAny(Composed, RightHalf, TabRest);
            if (plain < 0) plain = cells.Length;
            text.Append(cells[..plain]);
            start += plain;
            if (start < end && _text[start] == Composed) text.Append(_composed[start]);
            start++;
        }
    }
}
