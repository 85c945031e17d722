using System.Runtime.InteropServices;

namespace OvermindGui.Core.Terminal;

/// <summary>The text of a line of the log: of what has left the screen above, and of its rows on the screen.</summary>
internal sealed class LineText(ScreenRows rows)
{
    private readonly List<RowText> _parts = [];

    /// <param name="row">Any row of the line.</param>
    public StyledLine Of(LogLine line, int row)
    {
        if (line is { Rows: 1, HasHead: false }) return rows[row].Text.ToLine();
        while (row > 0 && rows[row - 1].Line == line) row--;
        _parts.AddRange(line.Head);
        for (var left = line.Rows; left > 0 && row < rows.Count; row++)
        {
            if (rows[row].Line != line) continue;
            _parts.Add(PartOf(row, isLast: --left == 0));
        }

        var text = RowText.Join(CollectionsMarshal.AsSpan(_parts));
        _parts.Clear();
        return text;
    }

    /// <summary>What a row has of its line, with blanks up to where the line continued in the next row: its end may have been erased since.</summary>
    public RowText PartOf(int row, bool isLast)
    {
        var text = rows[row].Text;
        var missing = isLast ? 0 : rows[row].WrappedAt - rows[row].Width;
        return missing > 0 ? text.PadRight(missing) : text;
    }

    /// <summary>Whether nothing of it can be seen.</summary>
    public static bool IsBlank(in StyledLine line) => line.Runs.Length == 0 && line.Text.AsSpan().IndexOfAnyExcept(' ') < 0;
}
