using System.Text;
using Microsoft.AspNetCore.Components;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

/// <summary>
/// Up to fifty lines in one element that the browser lays out separately. It consists of pieces, one per tick that added lines.
/// A piece never changes, and the page compares references. When a line changes, its piece is split into lines: the page then
/// replaces one element, and its neighbours keep their selection.
/// </summary>
internal sealed class LogBlock : LogEntry
{
    public const int MaxLines = 50;

    /// <summary>So few lines at once are pieces of their own: prompts and progress displays come in such ticks, floods do not.</summary>
    public const int MaxSeparateLines = 4;

    private readonly List<Piece> _pieces = [];

    private LogBlock(IReadOnlyList<RenderedLine> lines, bool isWhole)
        : base(lines[0].Id, lines[^1].Id)
    {
        Add(lines);
        (IsWhole, FirstCount) = (isWhole, lines.Count);
        Show();
    }

    public int LineCount { get; private set; }

    /// <summary>Whether it was complete from the beginning, so that its height can be estimated before it was ever seen.</summary>
    public bool IsWhole { get; }

    /// <summary>Its lines at the beginning: a number that changed would cost the browser the styles of all of them.</summary>
    public int FirstCount { get; }

    /// <summary>What the page shows: its parts stay the same references as long as they are the same text.</summary>
    public IReadOnlyList<MarkupString> Markup { get; private set; } = [];

    /// <summary>Blocks of lines that come together, such as a page of the history.</summary>
    public static IEnumerable<LogBlock> FromLines(IReadOnlyList<RenderedLine> lines)
    {
        for (var start = 0; start < lines.Count; start += MaxLines)
            yield return new LogBlock([.. lines.Skip(start).Take(MaxLines)], isWhole: lines.Count > MaxSeparateLines);
    }

    /// <summary>Takes as many of the lines as there is room for, at its end. Returns how many that were.</summary>
    public int Append(IReadOnlyList<RenderedLine> lines)
    {
        var count = Math.Min(MaxLines - LineCount, lines.Count);
        if (count <= 0) return 0;
        Add(count == lines.Count ? lines : [.. lines.Take(count)]);
        LastId = lines[count - 1].Id;
        Show();
        return count;
    }

    /// <summary>Takes in what a line is now; false when it is not here or no different. The markup waits for <see cref="Show"/>.</summary>
    public bool Amend(RenderedLine line)
    {
        if (Find(line.Id) is not { } at || _pieces[at.Piece].Lines[at.Line].Html == line.Html) return false;
        var piece = Separate(at.Piece) + at.Line;
        _pieces[piece] = new Piece([line]);
        return true;
    }

    /// <summary>Puts a line in at its place; the markup waits as above.</summary>
    public void Insert(RenderedLine line)
    {
        var piece = _pieces.FindIndex(p => p.Lines[^1].Id > line.Id);
        if (piece < 0) piece = _pieces.Count;
        else if (_pieces[piece].Lines[0].Id < line.Id)
            piece = Separate(piece) + _pieces.Skip(piece).TakeWhile(p => p.Lines[0].Id < line.Id).Count();
        _pieces.Insert(piece, new Piece([line]));
        LineCount++;
        (FirstId, LastId) = (Math.Min(FirstId, line.Id), Math.Max(LastId, line.Id));
    }

    /// <summary>Takes a line out; the markup waits as above.</summary>
    public void Remove(long id)
    {
        if (Find(id) is not { } at) return;
        _pieces.RemoveAt(Separate(at.Piece) + at.Line);
        LineCount--;
    }

    public bool Holds(long id) => Find(id) is not null;

    public void Show() => Markup = [.. _pieces.Select(piece => piece.Markup)];

    private void Add(IReadOnlyList<RenderedLine> lines)
    {
        if (lines.Count <= MaxSeparateLines) _pieces.AddRange(lines.Select(line => new Piece([line])));
        else _pieces.Add(new Piece(lines));
        LineCount += lines.Count;
    }

    // The index of the first line's piece is that of the piece before.
    private int Separate(int piece)
    {
        var lines = _pieces[piece].Lines;
        if (lines.Count == 1) return piece;
        _pieces.RemoveAt(piece);
        _pieces.InsertRange(piece, lines.Select(line => new Piece([line])));
        return piece;
    }

    private (int Piece, int Line)? Find(long id)
    {
        for (var piece = 0; piece < _pieces.Count; piece++)
        {
            var lines = _pieces[piece].Lines;
            if (lines[^1].Id < id) continue;
            for (var line = 0; line < lines.Count; line++)
                if (lines[line].Id == id) return (piece, line);
            return null;
        }

        return null;
    }

    private sealed class Piece
    {
        public Piece(IReadOnlyList<RenderedLine> lines)
        {
            Lines = lines;
            if (lines.Count == 1)
            {
                Markup = new MarkupString(lines[0].Html);
                return;
            }

            var html = new StringBuilder();
            foreach (var line in lines) html.Append(line.Html);
            Markup = new MarkupString(html.ToString());
        }

        public IReadOnlyList<RenderedLine> Lines { get; }

        public MarkupString Markup { get; }
    }
}
