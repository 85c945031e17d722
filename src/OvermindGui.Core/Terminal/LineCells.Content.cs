using System.Text;

namespace OvermindGui.Core.Terminal;

internal sealed partial class LineCells
{
    /// <summary>The cells as text and runs.</summary>
    public StyledLine ToLine() =>
        !_simple ? ComposedLine() : new StyledLine(new string(_text, 0, Length), _styled ? SimpleRuns() : []);

    /// <summary>Takes up a line that <see cref="ToLine"/> gave.</summary>
    public void Load(in StyledLine line)
    {
        Clear();
        if (line.Runs.Length == 0) Write(line.Text, TextStyle.Default);
        foreach (var run in line.Runs) Write(line.Text.AsSpan(run.Start, run.Length), run.Style);
    }

    private void Write(ReadOnlySpan<char> text, in TextStyle style) => new CellWriter(text).Write(this, Length, int.MaxValue, style);

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
        var text = new StringBuilder(Length + JoinedLength);
        var runs = new List<StyleRun>();
        var start = 0;
        for (var cell = 0; cell < Length; cell++)
        {
            if (_text[cell] == Composed) text.Append(_composed[cell]);
            else if (_text[cell] != RightHalf) text.Append(_text[cell]);
            if (cell + 1 < Length && _cellStyles[cell + 1] == _cellStyles[cell]) continue;
            runs.Add(new StyleRun(start, text.Length - start, _styles[_cellStyles[cell]]));
            start = text.Length;
        }

        return new StyledLine(text.ToString(), runs.TrueForAll(run => run.Style == TextStyle.Default) ? [] : [.. runs]);
    }
}
