using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Terminal;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Tests.Support;

/// <summary>Values in which only what a test is about needs to be said.</summary>
internal static class Sample
{
    public static OutputLine Line(
        string text = "hello", string process = "web", long id = 7, LineSource source = LineSource.Terminal, StyleRun[]? runs = null) =>
        new(id, process, 1_700_000_000_123, source, new StyledLine(text, runs ?? []));

    /// <summary>Rendered lines with all ids of a range, both ends included.</summary>
    public static RenderedLine[] Lines(long first, long last, string process = "web") =>
        [.. Range(first, last).Select(id => LineRenderer.Render(Line($"line {id}", process, id)))];

    public static RenderedLine Rendered(long id, string text, string process = "web") => LineRenderer.Render(Line(text, process, id));

    public static IEnumerable<long> Range(long first, long last)
    {
        for (var id = first; id <= last; id++) yield return id;
    }

    public static ProcessInfo Process(
        string name = "web", ProcessState state = ProcessState.Running, int? exitCode = null, int position = 0, DateTimeOffset? startedAt = null,
        long lineCount = 0) =>
        new(name, position, $"run {name}", state, state.IsUp() ? 4711 : null, startedAt, exitCode is { } code ? new ExitStatus(code) : null,
            lineCount);

    public static SystemSnapshot Snapshot(params IEnumerable<ProcessInfo> processes) =>
        new(DaemonAlive: true, DaemonPid: 4242, [.. processes], LineCount: 0, ProcfileProblems: [], Warning: null);
}
