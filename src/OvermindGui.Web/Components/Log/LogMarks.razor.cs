using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using Microsoft.JSInterop;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Frames;
using OvermindGui.Web.Components.Scripts;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

/// <summary>
/// Marks beside the scroll bar of a log: errors and the ends of runs, which its script finds among the loaded lines, and what is stored about
/// them: failure hits, stars, alerts, hits of the search. A click goes to one.
/// </summary>
public sealed partial class LogMarks(OvermindDatabase database, ChangeBroadcaster changes, IJSRuntime runtime) : IAsyncDisposable
{
    // In a flood the database changes with every batch.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly Lifetime _lifetime = new();
    private readonly LineMarkHistory _history = new(database);
    private readonly ElementScript _script = new(runtime, "Components/Log/LogMarks.razor.js");
    private ElementReference _root;
    private ChangeNotifier? _notifier;
    private long _shownAt;
    private Task _watch = Task.CompletedTask;
    private (LineMarks Marks, IReadOnlyList<long> Hits, long? Current) _shown = (LineMarks.None, [], null);

    /// <summary>Id of the first loaded line.</summary>
    [Parameter, EditorRequired] public required long First { get; set; }

    /// <summary>Id of the last loaded line.</summary>
    [Parameter, EditorRequired] public required long Last { get; set; }

    /// <summary>Whose lines are shown.</summary>
    [Parameter, EditorRequired] public required ProcessFilter Processes { get; set; }

    /// <summary>Its hits are marked.</summary>
    [Parameter, EditorRequired] public required LogSearch Search { get; set; }

    protected override void OnInitialized()
    {
        _notifier = changes.Subscribe();
        Search.Changed += Look;
    }

    protected override void OnParametersSet() => Look();

    // Its script draws; nothing depends on a parameter.
    protected override bool ShouldRender() => false;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await _script.AttachAsync(_root);
        _watch = InvokeAsync(WatchAsync);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Search.Changed -= Look;
        await _lifetime.EndAsync();
        await _watch;
        _notifier?.Dispose();
        await _script.DisposeAsync();
        _lifetime.Dispose();
    }

    private void Look() => _notifier?.Notify();

    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                await _notifier!.WaitAsync(_lifetime.Token);
                if (Pause - Stopwatch.GetElapsedTime(_shownAt) is { Ticks: > 0 } rest) await Task.Delay(rest, _lifetime.Token);
                _shownAt = Stopwatch.GetTimestamp();
                await ShowAsync();
            }
        }
        catch (Exception e) when (_lifetime.IsOver && e is OperationCanceledException or ObjectDisposedException or JSDisconnectedException)
        {
            // the page is gone
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private async Task ShowAsync()
    {
        try
        {
            var (first, last, processes) = (First, Last, Processes);
            var marks = await Task.Run(() => _history.Between(first, last, processes), _lifetime.Token);
            var (hits, current) = (Search.HitsBetween(first, last), Search.Current);
            if (marks == _shown.Marks && current == _shown.Current && hits.SequenceEqual(_shown.Hits)) return;
            _shown = (marks, hits, current);
            await _script.CallAsync("show", marks, Steps(hits), current);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            database.Damage.Report(e); // the marks stay as they are until it can be read
        }
    }

    // Ids of neighbours differ by little: that is shorter than the ids.
    private static long[] Steps(IReadOnlyList<long> ids) => [.. ids.Select((id, i) => i == 0 ? id : id - ids[i - 1])];
}
