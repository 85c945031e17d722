using System.Text;
using Microsoft.AspNetCore.Components;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

/// <summary>
/// Lines that came together. Most never change, and the page puts them in as one string. Where a line changes each has a string of its
/// own: the page then replaces that one element and leaves its neighbours alone, and with them what a person has selected there.
/// </summary>
internal sealed class LogBlock : LogEntry
{
    public const int MaxLines = 100;

    /// <summary>
    /// So few lines at once are separate from the beginning, so that none of them has to be put in anew when the first one changes:
    /// progress displays come in such pieces, floods do not.
    /// </summary>
    public const int MaxSeparateLines = 25;

    private readonly List<RenderedLine> _lines;
    private bool _isSeparate;

    private LogBlock(List<RenderedLine> lines, bool isSeparate)
        : base(lines[0].Id, lines[^1].Id)
    {
        (_lines, _isSeparate) = (lines, isSeparate);
        Markup = MakeMarkup();
    }

    public int LineCount => _lines.Count;

    /// <summary>What the page shows: its parts stay the same references as long as they are the same text.</summary>
    public IReadOnlyList<MarkupString> Markup { get; private set; }

    public static IEnumerable<LogBlock> FromLines(IReadOnlyList<RenderedLine> lines)
    {
        for (var start = 0; start < lines.Count; start += MaxLines)
            yield return new LogBlock([.. lines.Skip(start).Take(MaxLines)], isSeparate: lines.Count <= MaxSeparateLines);
    }

    /// <summary>Takes in what a line is now; false when it is not here or no different. The markup waits for <see cref="Show"/>.</summary>
    public bool Amend(RenderedLine line)
    {
        var at = IndexOf(line.Id);
        if (at < 0 || _lines[at].Html == line.Html) return false;
        _lines[at] = line;
        return true;
    }

    /// <summary>Takes a line in at its place; the markup waits as above.</summary>
    public void Insert(RenderedLine line)
    {
        _lines.Insert(_lines.TakeWhile(l => l.Id < line.Id).Count(), line);
        (FirstId, LastId) = (Math.Min(FirstId, line.Id), Math.Max(LastId, line.Id));
    }

    /// <summary>Lets go of a line; the markup waits as above.</summary>
    public void Remove(long id) => _lines.RemoveAt(IndexOf(id));

    public bool Holds(long id) => IndexOf(id) >= 0;

    public void Show()
    {
        _isSeparate = true;
        Markup = MakeMarkup();
    }

    private int IndexOf(long id) => _lines.FindIndex(l => l.Id == id);

    private MarkupString[] MakeMarkup()
    {
        if (_isSeparate) return [.. _lines.Select(line => new MarkupString(line.Html))];
        var html = new StringBuilder();
        foreach (var line in _lines) html.Append(line.Html);
        return [new MarkupString(html.ToString())];
    }
}
