using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Timing;
using OvermindGui.Web.Components.Frames;
using OvermindGui.Web.Components.Scripts;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

/// <summary>
/// Lines over time of the shown processes, live. A click or Enter goes to a moment, a drag or Shift with the arrow keys chooses a range. It
/// shows the chosen range, else the last hour or the whole history.
/// </summary>
public sealed partial class LogTimeline(IChangeSource changes, TimeProvider time, IJSRuntime runtime) : IAsyncDisposable
{
    private const int Bars = 160;
    private const int ZoomFactor = 4;
    private const int ShortestStep = 30; // seconds

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);

    private readonly Lifetime _lifetime = new();
    private readonly ElementScript _script = new(runtime, "Components/Log/LogTimeline.razor.js");
    private ElementReference _root;
    private DotNetObjectReference<LogTimeline>? _self;
    private Task _watch = Task.CompletedTask;
    private TimelineReport? _report;
    private (ITimelineSource, long?, long?, bool, bool, string State, long Step)? _drawn;
    private (ITimelineSource, long?, long?, bool, bool)? _asked;
    private long _drawnAt;
    private long _drawnStep; // which bar was the last one
    private string? _problem;
    private bool _whole;

    /// <summary>Whose lines are counted.</summary>
    [Parameter, EditorRequired] public required ITimelineSource Source { get; set; }

    /// <summary>Start of the chosen range, Unix milliseconds; null for none.</summary>
    [Parameter] public long? Since { get; set; }

    /// <summary>End of the chosen range, Unix milliseconds; null for none.</summary>
    [Parameter] public long? Until { get; set; }

    /// <summary>A range is chosen, or none any more.</summary>
    [Parameter] public EventCallback<(long? Since, long? Until)> RangeChanged { get; set; }

    /// <summary>A moment is chosen, Unix milliseconds.</summary>
    [Parameter] public EventCallback<long> Picked { get; set; }

    /// <summary>Times in UTC instead of the browser's zone.</summary>
    [Parameter] public bool Utc { get; set; }

    /// <summary>The timeline is to disappear; without it, it stays.</summary>
    [Parameter] public EventCallback Hide { get; set; }

    private (ITimelineSource, long?, long?, bool, bool) Asked => (Source, Since, Until, _whole, Utc);

    private bool HasRange => (Since ?? Until) is not null;

    private bool IsWhole => _whole && !HasRange;

    private bool CanZoomOut => !IsWhole;

    // A quiet log moves on by whole bars, and not each second where those are narrow.
    private long CurrentStep => time.Milliseconds() / 1000 / Math.Max(ShortestStep, _report?.Step ?? 1);

    /// <summary>Called by the script for a click.</summary>
    [JSInvokable]
    public Task OnPick(long moment) => Picked.InvokeAsync(moment);

    /// <summary>Called by the script for a drag.</summary>
    [JSInvokable]
    public Task OnRange(long since, long until) => RangeChanged.InvokeAsync((since, IsNow(until) ? null : until));

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await _script.AttachAsync(_root, _self);
            _watch = InvokeAsync(WatchAsync);
        }
        else if (_asked != Asked)
        {
            await DrawAsync(); // what comes meanwhile is noticed by the watch
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _lifetime.EndAsync();
        await _watch;
        _self?.Dispose();
        await _script.DisposeAsync();
        _lifetime.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            using var notifier = changes.Subscribe();
            using var bars = Heartbeat.Each(() =>
            {
                if (_report is not null && Volatile.Read(ref _drawnStep) != CurrentStep) notifier.Notify();
            });
            while (true)
            {
                await notifier.WaitAsync(_lifetime.Token);
                if (ShortestPause - time.GetElapsedTime(_drawnAt) is { Ticks: > 0 } rest) await Task.Delay(rest, time, _lifetime.Token);
                _drawnAt = time.GetTimestamp();
                await DrawAsync();
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

    // Reads only when lines came, time moved on by a bar, or something else is asked for.
    private async Task DrawAsync()
    {
        if (!_script.IsAttached || _lifetime.IsOver) return;
        var (source, since, until, whole, utc) = (Source, Since, Until, _whole, Utc);
        _asked = Asked;
        var step = CurrentStep;
        try
        {
            var state = await source.StateAsync(_lifetime.Token);
            var drawn = (source, since, until, whole, utc, state, step);
            if (state.Length == 0 || _drawn == drawn) return;
            _drawn = drawn;
            Volatile.Write(ref _drawnStep, step);
            var from = since ?? (whole || until is not null ? null : Math.Max(_report?.Oldest ?? 0, time.Milliseconds() - (long)Recent.TotalMilliseconds));
            var isFirst = _report is null;
            _report = await source.ReadAsync(from, until, Bars, _lifetime.Token);
            if (isFirst && from < _report.Oldest) (_drawn, _drawnStep) = (null, 0); // a young history fills the width
            Note(_report.CountedSince is null ? null : "older lines are being counted");
            await _script.CallAsync("show", Drawing.Of(_report), utc);
        }
        catch (UnreadableException)
        {
            Note("the history cannot be read now");
        }
    }

    private void Note(string? problem)
    {
        if (problem == _problem) return;
        _problem = problem;
        StateHasChanged();
    }

    private async Task ZoomOutAsync()
    {
        if (!HasRange || _report is not { } report)
        {
            _whole = true;
            StateHasChanged();
            return;
        }

        var (from, until) = (Since ?? report.Oldest, Until ?? time.Milliseconds());
        var more = (until - from) * (ZoomFactor - 1) / 2;
        (from, until) = (from - more, until + more);
        _whole = true;
        await RangeChanged.InvokeAsync(from <= report.Oldest && IsNow(until) ? (null, null) : (from, IsNow(until) ? null : until));
    }

    private async Task ToggleWholeAsync()
    {
        _whole = !IsWhole;
        if (HasRange) await RangeChanged.InvokeAsync((null, null));
        else StateHasChanged();
    }

    private bool IsNow(long until) => until >= time.Milliseconds() - (_report?.Step ?? 1);

    /// <summary>What the script draws.</summary>
    private sealed record Drawing(long From, long Step, IReadOnlyList<long[]> Bars, IReadOnlyList<object> Marks)
    {
        public static Drawing Of(TimelineReport report) => new(
            report.From, report.Step * 1000L, [.. report.Bars.Select(b => new[] { b.Lines.Error, b.Lines.Warn, b.Lines.Info, b.Lines.Debug, b.Lines.None })],
            [.. report.Marks.Select(m => (object)new { kind = m.Kind.ToString().ToLowerInvariant(), process = m.Origin is { } origin ? $"{origin} {m.Process}" : m.Process, time = m.Time, exit = m.Exit?.ToString() })]);
    }
}
