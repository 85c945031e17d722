using System.Globalization;
using OvermindGui.Core.Application;
using OvermindGui.Core.Output;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Agents;

/// <summary><c>logs --cursor</c> and <c>logs --max-bytes</c>: output in a bounded answer with a cursor, as the tool <c>logs</c> returns it.</summary>
internal static class LogExcerpt
{
    /// <param name="filter">Which lines of the requested processes.</param>
    /// <exception cref="RequestException">It cannot be read.</exception>
    public static void Print(ProjectSession session, LogRequest request, LineFilter filter, bool asJson)
    {
        var report = new LogQuery(session).Read(request, filter with { Processes = session.OutputOf(request.Processes) });
        if (asJson)
        {
            Console.WriteLine(ApplicationJson.Write(report));
            return;
        }

        for (var i = 0; i < report.Lines.Count; i++)
        {
            if (report.Omitted is { } omitted && i == report.OmittedAfter)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… {omitted:N0} lines omitted (cursor {report.OmittedCursor}) …"));
            var line = report.Lines[i];
            Console.WriteLine(VisibleText.Of(string.Create(CultureInfo.InvariantCulture, $"{line.Time} {line.Process} | {line.Text}{(line.Times is { } times ? $" (×{times})" : "")}")));
        }

        if (report.Note is { } note) Console.Error.WriteLine(note);
        Console.Error.WriteLine($"cursor {report.Cursor ?? "-"}{(report.HasMore ? ", there is more" : "")}");
    }
}
