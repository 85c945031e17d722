using System.Text;
using Microsoft.AspNetCore.Components;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Output;

/// <summary>A piece of the log view, rendered once and never changed. A class, not a record: the page compares references, not text.</summary>
internal abstract class LogEntry(long firstId, long lastId)
{
    public long FirstId { get; } = firstId;

    public long LastId { get; } = lastId;
}

/// <summary>Lines that came together.</summary>
internal sealed class LogBlock(long firstId, long lastId, int lineCount, MarkupString html) : LogEntry(firstId, lastId)
{
    public const int MaxLines = 100;

    public int LineCount { get; } = lineCount;

    public MarkupString Html { get; } = html;

    public static IEnumerable<LogBlock> FromLines(IReadOnlyList<RenderedLine> lines)
    {
        for (var start = 0; start < lines.Count; start += MaxLines)
        {
            var count = Math.Min(MaxLines, lines.Count - start);
            var html = new StringBuilder();
            for (var i = start; i < start + count; i++) html.Append(lines[i].Html);
            yield return new LogBlock(lines[start].Id, lines[start + count - 1].Id, count, new MarkupString(html.ToString()));
        }
    }
}

/// <summary>Lines of a flood that were left out. They are in the database.</summary>
internal sealed class LogGap(long firstId, long lastId) : LogEntry(firstId, lastId)
{
    public long LineCount => LastId - FirstId + 1;
}
