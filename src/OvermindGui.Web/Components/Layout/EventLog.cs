using System.Globalization;
using Microsoft.Extensions.Hosting;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Layout;

/// <summary>Something that happened to the project and is worth looking at later.</summary>
/// <param name="Process">Null when it concerns the whole.</param>
/// <param name="IsFailure">Whether it is bad news.</param>
public sealed record ProjectEvent(DateTimeOffset Time, string? Process, string Text, bool IsFailure)
{
    /// <summary>How often it happened in a row, the last time at <see cref="Time"/>.</summary>
    public int Count { get; init; } = 1;
}

/// <summary>The last events of the project: it compares each snapshot with the one before, once per web process.</summary>
public sealed class EventLog(SystemFeed feed, TimeProvider time) : BackgroundService
{
    private const int Most = 50;

    // A process that fails again so soon, and in the same way, is in a loop: that is one event, or it would push all others out.
    private static readonly TimeSpan Loop = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly List<ProjectEvent> _events = []; // newest first
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
            AddFailure(now.Name, state, now.EndedAt ?? time.GetUtcNow());
        else if (state.Word == "running" && was?.Group == StateGroup.Failed) Add(now.Name, $"{now.Name} runs again", isFailure: false);
    }

    private void AddFailure(string process, ProcessPresentation state, DateTimeOffset at)
    {
        ProjectEvent added;
        lock (_gate)
        {
            var before = _events.Find(e => e.IsFailure && e.Process == process);
            var isLoop = before is not null && at - before.Time <= Loop && before.Text == TextOf(before.Count);
            var count = isLoop ? before!.Count + 1 : 1;
            if (isLoop) _events.RemoveAll(e => e.Process == process && e.Time >= before!.Time); // also that it ran meanwhile
            Put(added = new ProjectEvent(at, process, TextOf(count), IsFailure: true) { Count = count });
        }

        Added?.Invoke(added);

        string TextOf(int count) => count == 1
            ? $"{process} {state.Text}"
            : string.Create(CultureInfo.InvariantCulture, $"{process} {state.Word} {count} times{(state.Exit is null ? "" : $" · {state.Exit}")}");
    }

    private void Add(string? process, string text, bool isFailure)
    {
        var added = new ProjectEvent(time.GetUtcNow(), process, text, isFailure);
        lock (_gate) Put(added);
        Added?.Invoke(added);
    }

    private void Put(ProjectEvent added)
    {
        _events.Insert(0, added);
        if (_events.Count > Most) _events.RemoveAt(Most);
    }
}
