using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Components.Sessions;

/// <summary>Lists the sessions of the project beside the log: a click shows the output of one, of a run in it, or leads to the last crash.</summary>
public sealed partial class SessionsPanel(RunHistory history, TimeProvider time)
{
    private const int MostSessions = 50;
    private const int MostRuns = 200;

    private IReadOnlyList<SessionInfo>? _sessions;
    private IReadOnlyList<(RunInfo Run, long Lines)> _pinned = [];
    private IReadOnlyList<RunInfo> _runs = [];
    private RunInfo? _crash;
    private long? _open;
    private string? _problem;
    private string? _readOf;

    /// <summary>Null until the first one was read.</summary>
    [Parameter] public SystemSnapshot? Snapshot { get; set; }

    /// <summary>Only the output of a session is to be shown.</summary>
    [Parameter] public EventCallback<SessionInfo> ShowSession { get; set; }

    /// <summary>Only the lines of a run are to be shown.</summary>
    [Parameter] public EventCallback<RunInfo> ShowRun { get; set; }

    /// <summary>What happened before the end of a run is to be shown, of all processes.</summary>
    [Parameter] public EventCallback<RunInfo> ShowBefore { get; set; }

    /// <summary>A line of a process is to be shown.</summary>
    [Parameter] public EventCallback<(string Process, long Line)> ShowLine { get; set; }

    /// <summary>The panel is to be closed.</summary>
    [Parameter] public EventCallback Close { get; set; }

    // Runs begin and end with the states of the processes.
    protected override Task OnParametersSetAsync()
    {
        var now = string.Join(',', (Snapshot?.Processes ?? []).Select(p => $"{p.Name} {p.State} {p.StartedAt}")) + Snapshot?.DaemonAlive;
        if (now == _readOf) return Task.CompletedTask;
        _readOf = now;
        return ReadAsync();
    }

    private string NameOf(SessionInfo session) => session switch
    {
        { NextAt: null } => Snapshot is { DaemonAlive: false } ? "Last" : "Current",
        _ when _sessions is [_, var previous, ..] && previous == session => "Previous",
        _ => $"#{session.Id.ToString(CultureInfo.InvariantCulture)}",
    };

    private string Describe(SessionInfo session)
    {
        var isCurrent = session.NextAt is null && Snapshot is not { DaemonAlive: false };
        var end = isCurrent ? "running" : session.EndText();
        var lasted = (session.EndedAt ?? session.NextAt ?? time.GetUtcNow()) - session.StartedAt;
        var crashes = session.Crashes > 0 ? $", {session.Crashes.ToString(CultureInfo.InvariantCulture)} failed" : "";
        return $"{UptimeFormatter.Of(lasted)} · {end} · {Quantity.Of(session.Runs, "run", "runs")}{crashes}";
    }

    private string Clock(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private async Task ReadAsync()
    {
        try
        {
            (_sessions, _pinned, _crash, _runs) = await Task.Run(() => (
                history.Sessions(MostSessions), history.Pinned().Select(run => (run, history.LinesOf(run))).ToList(), history.LastCrash(null),
                _open is { } open ? history.OfSession(open, MostRuns) : []));
            _problem = null;
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            _problem = $"The sessions cannot be read now: {e.Message}";
        }
    }

    private Task OpenAsync(SessionInfo session)
    {
        _open = _open == session.Id ? null : session.Id;
        return ReadAsync();
    }

    private async Task GoToAsync(RunInfo crash)
    {
        if (await Task.Run(() => history.LastLineOf(crash)) is { } line) await ShowLine.InvokeAsync((crash.Process, line));
        else await ShowRun.InvokeAsync(crash);
    }

    private async Task PinAsync(RunInfo run)
    {
        await Task.Run(() => history.Pin(run.Id, !run.IsPinned));
        await ReadAsync();
    }
}
