using System.Text;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Web.Api;

/// <summary>A line as poll and state show it.</summary>
/// <param name="Id">Grows over all processes.</param>
/// <param name="Process">Who printed it; "system" for the daemon's own messages.</param>
/// <param name="Html">Its content as escaped markup, colours as classes; without the name in front.</param>
public sealed record OutputLineResponse(long Id, string Process, string Html)
{
    internal static OutputLineResponse From(OutputLine line) => new(line.Id, line.Process, MarkupOf(line));

    internal static string MarkupOf(OutputLine line)
    {
        var html = new StringBuilder(line.Content.Text.Length + 64);
        HtmlRenderer.Append(html, line.Content);
        return html.ToString();
    }
}

/// <summary>A line with all that is known of it.</summary>
/// <param name="Id">Grows over all processes.</param>
/// <param name="Process">Who printed it; "system" for the daemon's own messages.</param>
/// <param name="Time">When it was read.</param>
/// <param name="Stream">stdout, stderr, tty (a terminal, where the two are one) or notice (the daemon's own words).</param>
/// <param name="Run">Which run of the process printed it; null for the daemon's own messages.</param>
/// <param name="Text">Plain: no escapes, no name in front.</param>
/// <param name="Html">The same as escaped markup, colours as classes.</param>
/// <param name="Level">error, warn, info, debug, or none for a line that names no level.</param>
/// <param name="Continues">Whether it belongs to the line before it, as a frame of a stack trace does.</param>
public sealed record LineResponse(long Id, string Process, string Time, string Stream, long? Run, string Text, string Html, string Level, bool Continues)
{
    internal static LineResponse From(OutputLine line) => new(
        line.Id, line.Process, LineTime.TextOf(line.Time), line.Source.ToText(), line.Run, line.Content.Text, OutputLineResponse.MarkupOf(line),
        line.Level.ToText(), line.Traits.Continues);
}
