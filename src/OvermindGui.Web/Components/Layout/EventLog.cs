using Microsoft.Extensions.Hosting;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Layout;

/// <summary>Something that happened to the project and is worth looking at later.</summary>
/// <param name="Process">Null when it concerns the whole.</param>
/// <param name="IsFailure">Whether it is bad news.</param>
public sealed record ProjectEvent(DateTimeOffset Time, string? Process, string Text, bool IsFailure);

/// <summary>The last events of the project: it compares each snapshot with the one before, once per web process.</summary>
public sealed class EventLog(SystemFeed feed, TimeProvider time) : BackgroundService
{
    private const int Most = 50;

    private readonly Lock _gate = new();
    private readonly LinkedList<ProjectEvent> _events = [];
    private SystemSnapshot? _last;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ProjectEvent> Newest
    {
        get
        {
            lock (_gate) return [.. _events];
        }
    }

    /// <summary>An event was added.</summary>
    public event Action<ProjectEvent>? Added;

    /// <summary>Takes a snapshot, and notes what it changes.</summary>
    public void Observe(SystemSnapshot snapshot)
    {
        var before = _last;
        _last = snapshot;
        if (before is { DaemonAlive: true } && !snapshot.DaemonAlive) Add(null, "The daemon ended", isFailure: true);
        if (before is { DaemonAlive: false } && snapshot.DaemonAlive) Add(null, "The daemon started", isFailure: false);
        if (!snapshot.DaemonAlive) return;
        foreach (var process in snapshot.Processes) Observe(before?.Processes.FirstOrDefault(p => p.Name == process.Name), process);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var snapshot in feed.WatchAsync(stoppingToken)) Observe(snapshot);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the dashboard ends
        }
    }

    private void Observe(ProcessInfo? before, ProcessInfo now)
    {
        var (was, state) = (before is null ? null : ProcessPresentation.Of(before), ProcessPresentation.Of(now));
        if (state.Group == StateGroup.Failed && (was?.Group != StateGroup.Failed || before!.Crashes != now.Crashes))
            Add(now.Name, $"{now.Name} {state.Text}", isFailure: true, now.EndedAt);
        else if (state.Word == "running" && was?.Group == StateGroup.Failed) Add(now.Name, $"{now.Name} runs again", isFailure: false);
    }

    private void Add(string? process, string text, bool isFailure, DateTimeOffset? at = null)
    {
        var added = new ProjectEvent(at ?? time.GetUtcNow(), process, text, isFailure);
        lock (_gate)
        {
            _events.AddFirst(added);
            if (_events.Count > Most) _events.RemoveLast();
        }

        Added?.Invoke(added);
    }
}
