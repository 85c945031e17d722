using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

/// <summary>
/// Shows a <see cref="LogWindow"/>. It subscribes to the feed and is the only component that renders on a tick; lines outside the feed
/// come from a <see cref="LogPager"/>. Its script follows the end, keeps the scroll position and requests lines beyond the edges.
/// </summary>
public sealed partial class LogView : IAsyncDisposable
{
    private const string Module = "./_content/OvermindGui.Web/Components/Log/LogView.razor.js";
    private const int AroundPlace = 300;

    // A paused window renders only its counter, at most this often.
    private static readonly TimeSpan FrozenPause = TimeSpan.FromMilliseconds(200);

    // A look that finds nothing changes only the number of lines still to be looked at.
    private const int SilentLooks = 5;

    private readonly LogWindow _window = new();
    private readonly LogPager _pager;
    private readonly OutputFeed _feed;
    private readonly IJSRuntime _script;
    private readonly CancellationTokenSource _disposed = new();
    private ElementReference _log;
    private IJSObjectReference? _module;
    private IJSObjectReference? _scripts;
    private DotNetObjectReference<LogView>? _self;

    // What the parameters were when they were last acted upon.
    private LineFilter? _shownFilter;
    private TextMatch? _shownMark;
    private IReadOnlyList<ProcessInfo>? _shownProcesses;
    private ViewOptions? _toldOptions;
    private long? _shownTarget;
    private bool? _toldFollowing;
    private (TextMatch? Match, long? Current) _marked;

    private string _colors = "";
    private string _frameStyle = "";
    private bool _dirty = true;

    private CancellationTokenSource _reload = new();
    private OutputSubscription? _subscription;
    private int _generation;
    private bool _isOutdated;
    private bool _loaded;
    private bool _hasSearched;
    private bool _filling;
    private bool _olderInFlight;
    private bool _newerInFlight;
    private Task _pump = Task.CompletedTask;
    private Task _olderFill = Task.CompletedTask;
    private Task _searching = Task.CompletedTask;
    private Anchor? _put;
    private Anchor? _anchor;
    private long? _jumpTo;

    public LogView(OutputFeed feed, OvermindDatabase database, IJSRuntime script, ILogger<LogView> logger)
    {
        (_feed, _script) = (feed, script);
        _pager = new LogPager(database, logger, _disposed.Token);
    }

    /// <summary>Which lines to show.</summary>
    [Parameter, EditorRequired] public required LineFilter Filter { get; set; }

    /// <summary>For names' width and colours.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<ProcessInfo> Processes { get; set; }

    /// <summary>Whether the end stays in view.</summary>
    [Parameter] public bool Following { get; set; } = true;

    [Parameter] public EventCallback<bool> FollowingChanged { get; set; }

    /// <summary>The search of the pane, which this view keeps going and shows.</summary>
    [Parameter, EditorRequired] public required LogSearch Search { get; set; }

    /// <summary>What is marked and walked through; null for nothing.</summary>
    [Parameter] public TextMatch? Marked { get; set; }

    /// <summary>How lines are shown.</summary>
    [Parameter] public ViewOptions Options { get; set; } = ViewOptions.Default;

    /// <summary>The line that an address leads to; null for none.</summary>
    [Parameter] public long? Target { get; set; }

    /// <summary>The line is no longer stored: the nearest is shown instead.</summary>
    [Parameter] public EventCallback TargetMissing { get; set; }

    /// <summary>A menu is asked for at a line.</summary>
    [Parameter] public EventCallback<LineMenuRequest> MenuRequested { get; set; }

    /// <summary>Finds a place in a source file for the reader's editor.</summary>
    [Parameter] public Func<string, int, int, string?> EditorUriOf { get; set; } = (_, _, _) => null;

    /// <summary>The ids of the first and the last loaded line; null where none is.</summary>
    public (long First, long Last)? Loaded => _window.LineCount == 0 ? null : (_window.Entries[0].FirstId, _window.Entries[^1].LastId);

    /// <summary>Called by the script when the reader leaves the end or comes back to it.</summary>
    [JSInvokable]
    public Task OnFollowChanged(bool following)
    {
        _toldFollowing = following;
        return ChangeFollowingAsync(following);
    }

    /// <summary>Called by the script near the top. Whether there may be more.</summary>
    [JSInvokable]
    public async Task<bool> LoadOlder()
    {
        if (!_olderFill.IsCompleted) await _olderFill;
        return await LoadOlderAsync(silent: false) && _window.HasOlder;
    }

    /// <summary>Called by the script near the end of what is loaded. Whether there may be more.</summary>
    [JSInvokable]
    public async Task<bool> LoadNewer()
    {
        if (!_window.HasNewer || _newerInFlight) return false;
        var (filter, after) = (Filter, _window.LastId);
        _newerInFlight = true;
        var newer = await _pager.AfterAsync(after, filter);
        _newerInFlight = false;
        if (newer is null || filter != Filter || after != _window.LastId || _window.Following) return false;
        _window.AppendPage(newer);
        Render();
        return _window.HasNewer;
    }

    /// <summary>Called by the script when a gap comes near, and by its button. Whether there may be more.</summary>
    /// <param name="fromEnd">The reader comes from below.</param>
    [JSInvokable]
    public async Task<bool> LoadGap(long firstId, bool fromEnd)
    {
        if (_filling || _window.GapAt(firstId) is not { } gap) return false;
        await ChangeFollowingAsync(false);
        var filter = Filter;
        _filling = true;
        var page = fromEnd
            ? await _pager.NewestAsync(gap.FirstId, gap.LastId, filter, LogWindow.PageSize)
            : await _pager.OldestAsync(gap.FirstId, gap.LastId, filter, LogWindow.PageSize);
        _filling = false;
        if (page is null || filter != Filter) return false;
        _window.Fill(gap, page.Found, page.Reached, fromEnd);
        Render();
        return true;
    }

    /// <summary>Called by the script for a line that was cut: the markup of all of it; null when it is gone.</summary>
    [JSInvokable]
    public async Task<string?> LoadWhole(long id) => await _pager.LineAsync(id) is { } line ? LineRenderer.RenderWhole(line) : null;

    /// <summary>Called by the script for a copy of a line that was cut: all of its text; null when it is gone.</summary>
    [JSInvokable]
    public async Task<string?> LoadText(long id) => (await _pager.LineAsync(id))?.Content.Text;

    /// <summary>Called by the script for the key that goes to the first line stored.</summary>
    [JSInvokable]
    public async Task GoToBeginning()
    {
        await ChangeFollowingAsync(false);
        if (await _pager.ExtentAsync() is not { } extent || !await LoadAroundAsync(extent.First)) return;
        _put = new Anchor(extent.First, 0);
        Render();
    }

    /// <summary>Called by the script for a place in a source file; null when the file is not the project's, or no editor is chosen.</summary>
    [JSInvokable]
    public string? EditorUri(string path, int line, int column) => EditorUriOf(path, line, column);

    /// <summary>Called by the script when a menu is asked for at a line.</summary>
    [JSInvokable]
    public Task OnLineMenu(long id, string process, string text, bool isSelection, double x, double y) =>
        MenuRequested.InvokeAsync(new LineMenuRequest(id, process, text, isSelection, x, y));

    /// <summary>Copies what is selected.</summary>
    /// <param name="detailed">Each line with its time and process.</param>
    public async Task<bool> CopySelectedAsync(bool detailed) =>
        _scripts is not null && await _scripts.InvokeAsync<bool>("copySelected", _disposed.Token, detailed);

    /// <summary>Writes a text to the clipboard.</summary>
    public async Task CopyAsync(string text)
    {
        if (_scripts is not null) await _scripts.InvokeVoidAsync("write", _disposed.Token, text);
    }

    /// <summary>The whole text of a line; null when it is gone.</summary>
    public async Task<OutputLine?> LineAsync(long id) => await _pager.LineAsync(id);

    /// <summary>The next change of the filter keeps this line in place, instead of the one in the middle.</summary>
    public async Task HoldLineAsync(long id)
    {
        await ChangeFollowingAsync(false);
        var top = _scripts is null ? null : await _scripts.InvokeAsync<double?>("menuTop", _disposed.Token);
        _anchor = new Anchor(id, top ?? 0);
    }

    protected override void OnInitialized()
    {
        Search.Changed += OnSearchChanged;
        Search.Jumped += OnSearchJumped;
        _window.Follow(Following && Target is null);
    }

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_shownProcesses, Processes)) ShowProcesses();
        var filterChanged = _shownFilter is not null && _shownFilter != Filter;
        var markChanged = _hasSearched && _shownMark != Marked;
        (_shownFilter, _shownMark) = (Filter, Marked);
        _dirty |= _toldOptions != Options;
        if (_window.Following != Following && _loaded)
        {
            _window.Follow(Following);
            _dirty = true;
            if (Following) Reload(afresh: false);
        }

        if (filterChanged && _window.Following) Reload(afresh: true);
        else if (filterChanged) _ = KeepAsync(RefilterAsync);
        if (_loaded && (markChanged || (filterChanged && Marked is not null))) StartSearching(jump: markChanged && Marked is not null && !Filter.Texts.Contains(Marked));
        if (_loaded && Target is { } target && target != _shownTarget) _ = KeepAsync(() => ShowTargetAsync(target));
    }

    protected override bool ShouldRender()
    {
        var render = _dirty;
        _dirty = false;
        return render;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await _script.InvokeAsync<IJSObjectReference>("import", _disposed.Token, Module);
            _scripts = await _module.InvokeAsync<IJSObjectReference>("attach", _disposed.Token, _log, _self);
            _pump = KeepAsync(() => PumpAsync(_disposed.Token));
        }

        if (_scripts is not { } scripts) return;
        if (_toldOptions != Options)
        {
            _toldOptions = Options;
            await scripts.InvokeVoidAsync("options", _disposed.Token, new
            {
                form = Options.Time.ToString().ToLowerInvariant(),
                utc = Options.Utc,
                folds = Options.Fold && !Filter.AsksForContent,
            });
        }

        if (_toldFollowing != _window.Following)
        {
            _toldFollowing = _window.Following;
            await scripts.InvokeVoidAsync("follow", _disposed.Token, _window.Following);
        }

        if (_put is { } put)
        {
            _put = null;
            await scripts.InvokeVoidAsync("put", _disposed.Token, put.Id, put.Top);
        }

        if (_jumpTo is { } id)
        {
            _jumpTo = null;
            await scripts.InvokeVoidAsync("show", _disposed.Token, id);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Search.Changed -= OnSearchChanged;
        Search.Jumped -= OnSearchJumped;
        Search.Stop();
        await _disposed.CancelAsync();
        await Task.WhenAll(_pump, _olderFill, _searching);
        _reload.Dispose();
        _pager.Dispose();
        _self?.Dispose();
        try
        {
            if (_scripts is not null)
            {
                await _scripts.InvokeVoidAsync("detach");
                await _scripts.DisposeAsync();
            }

            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its script with it.
        }

        _disposed.Dispose();
    }

    private Task ResumeAsync() => ChangeFollowingAsync(true);

    private async Task ChangeFollowingAsync(bool following)
    {
        if (!_window.Follow(following)) return;
        Following = following;
        if (following) Reload(afresh: false);
        Render();
        await FollowingChanged.InvokeAsync(following);
    }

    private void Reload(bool afresh)
    {
        if (afresh) _window.Clear();
        _reload.Cancel();
    }

    /// <summary>Subscribes again: after a change of filter, to go back to the end, and when the feed ended the subscription.</summary>
    private async Task PumpAsync(CancellationToken disposed)
    {
        try
        {
            while (!disposed.IsCancellationRequested)
            {
                using var round = CancellationTokenSource.CreateLinkedTokenSource(disposed, _reload.Token);
                try
                {
                    await FollowFeedAsync(round.Token);
                }
                catch (OperationCanceledException) when (!disposed.IsCancellationRequested)
                {
                    // asked to start over: the loop does
                }

                await InvokeAsync(BeginRound);
            }
        }
        finally
        {
            _subscription?.Dispose();
        }
    }

    private void BeginRound()
    {
        if (!_reload.IsCancellationRequested) return; // the feed ended the subscription
        _reload.Dispose();
        _reload = new CancellationTokenSource();
    }

    private async Task FollowFeedAsync(CancellationToken cancellationToken)
    {
        var former = _subscription;
        var subscription = _subscription = _feed.Subscribe(former);
        _isOutdated |= former is { HasEnded: true };
        await InvokeAsync(() => StartAsync(subscription, cancellationToken));
        await foreach (var batch in subscription.ReadAllAsync(cancellationToken))
        {
            await InvokeAsync(() => TakeAsync(batch, cancellationToken));
            if (!_window.Following) await Task.Delay(FrozenPause, cancellationToken);
        }
    }

    private async Task StartAsync(OutputSubscription subscription, CancellationToken cancellationToken)
    {
        var snapshot = subscription.Snapshot;
        var isAnother = subscription.Generation != _generation;
        _generation = subscription.Generation;
        if (isAnother && await BeginAnewAsync(snapshot)) return;
        await AmendAsync(snapshot);
        if (!_loaded && Target is { } target)
        {
            _loaded = true;
            await ShowTargetAsync(target);
            StartFirstSearch();
            return;
        }

        if (!_window.Following && _window.LastId > 0)
        {
            await CountNewAsync([.. snapshot.Where(l => l.Id > _window.Counted)]); // nothing else moves
            return;
        }

        if (_window.GoesOn(snapshot, _isOutdated))
        {
            await AppendAsync([.. snapshot.Where(l => l.Id > _window.LastId)]);
            _window.Trim();
            _window.ShowAmended();
            _window.ReachEnd();
        }
        else
        {
            _loaded = true;
            _window.Start(snapshot, Filter.Processes, isComplete: snapshot.Count > 0 && !LacksShown(snapshot, snapshot[0].Id - 1));
            if (_window.NeedsOlder) await LoadOlderAsync(silent: true);
        }

        cancellationToken.ThrowIfCancellationRequested();
        _isOutdated = false;
        Render();
        FillOlder();
        Search.Saw([]);
        StartFirstSearch();
    }

    private void StartFirstSearch()
    {
        if (_hasSearched) return;
        _hasSearched = true;
        if (Marked is not null) StartSearching(jump: false); // the address had it
    }

    /// <summary>Lines are gone, or are others: output was cleared, or the whole database replaced. True when that is all for now.</summary>
    private async Task<bool> BeginAnewAsync(IReadOnlyList<RenderedLine> snapshot)
    {
        var keepsPlace = !_window.Following && _window.LastId > 0 && (snapshot.Count == 0 || snapshot[^1].Id >= _window.LastId);
        if (keepsPlace) await RefilterAsync();
        else _window.Clear();
        if (_hasSearched && Marked is not null) StartSearching(jump: false);
        if (!keepsPlace) return false;
        // In an empty view, show new lines instead of counting them.
        if (_window.LineCount == 0) await ChangeFollowingAsync(true);
        _window.RestartCount();
        await CountNewAsync([.. snapshot.Where(l => l.Id > _window.LastId)]);
        Render();
        return true;
    }

    private async Task TakeAsync(FeedBatch batch, CancellationToken cancellationToken)
    {
        _pager.SawAmended(batch.Amended);
        await AmendAsync(batch.Amended);
        if (cancellationToken.IsCancellationRequested) return; // it is about to begin again: the snapshot brings the lines
        Search.Saw(batch.Amended.Select(l => l.Id));
        if (!_window.Following)
        {
            await CountNewAsync(batch.Lines);
            return;
        }

        var isNew = batch.Lines.Count > 0 && await AppendAsync(batch.Lines);
        _window.Trim();
        if (_window.ShowAmended() || isNew) Render();
    }

    /// <summary>Takes in what came. False when none of it is to be seen.</summary>
    private async Task<bool> AppendAsync(IReadOnlyList<RenderedLine> batch)
    {
        if (batch.Count == 0 || batch[^1].Id <= _window.LastId) return false;
        if (!LacksShown(batch, _window.LastId > 0 ? _window.LastId : batch[0].Id - 1))
        {
            _window.Append(batch, Filter.Processes);
            return true;
        }

        // The feed only rings: the database knows which lines match, also of those that a flood left out.
        var (filter, after, last) = (Filter, _window.LastId, batch[^1].Id);
        var page = await _pager.NewestAsync(after + 1, last, filter, OutputFeed.LinesPerTick);
        if (page is null || filter != Filter || !_window.Following || _window.LastId != after) return false;
        _window.AppendFound(page.Found, page.Reached, last);
        return page.Found.Count > 0;
    }

    /// <summary>Whether lines that are to be seen may not be among these: the feed looks for no text, and a flood of hidden lines leaves holes.</summary>
    private bool LacksShown(IReadOnlyList<RenderedLine> lines, long after) => Filter.AsksForContent
        || (!Filter.Processes.IsEverything && lines[^1].Id - after > lines.Count);

    /// <summary>With a filter for content a line that changed may have begun to match, or ceased to.</summary>
    private async Task AmendAsync(IReadOnlyList<RenderedLine> amended)
    {
        if (amended.Count == 0) return;
        if (!Filter.AsksForContent)
        {
            _window.Amend(amended);
            return;
        }

        var (filter, from) = (Filter, _window.OlderFrom ?? long.MaxValue);
        var seen = amended.Where(l => l.Id >= from && l.Id <= _window.LastId).ToList();
        if (seen.Count == 0) return;
        var matching = await _pager.MatchingAsync([.. seen.Select(l => l.Id)], filter);
        if (matching is not null && filter == Filter) _window.Amend(seen, matching);
    }

    private async Task CountNewAsync(IReadOnlyList<RenderedLine> lines)
    {
        if (lines.Count == 0) return;
        var (after, last) = (_window.Counted, lines[^1].Id);
        // What the feed left out counts as well, as far as the filter would show it.
        var count = !LacksShown(lines, after > 0 ? after : lines[0].Id - 1)
            ? Math.Max(0, after > 0 ? lines[0].Id - after - 1 : 0) + lines.Count(l => Filter.Processes.Shows(l.Process))
            : await _pager.CountAsync(after, last, Filter) ?? 0;
        if (_window.Count(count, last)) Render();
    }

    // Following, the script does not ask for older lines: the view itself sees to it that there is a page of them.
    private void FillOlder()
    {
        if (_olderFill.IsCompleted && _window.NeedsOlder) _olderFill = KeepAsync(FillOlderAsync);
    }

    // Uses the current filter, which may have changed since the fill was started.
    private async Task FillOlderAsync()
    {
        for (var look = 1; _window.NeedsOlder; look++)
            if (!await LoadOlderAsync(silent: look % SilentLooks != 0)) return;
    }

    /// <summary>Goes one look further back. False when the history cannot be read now, or was being read already.</summary>
    private async Task<bool> LoadOlderAsync(bool silent)
    {
        if (_window.ReachesBeginning || !_loaded || _window.OlderFrom is not { } before) return true;
        if (_olderInFlight) return false;
        var filter = Filter;
        _olderInFlight = true;
        var older = await _pager.BeforeAsync(before, filter);
        _olderInFlight = false;
        if (filter != Filter || before != _window.OlderFrom) return true;
        if (older is null) return false;
        _window.PrependPage(older);
        if (!silent || older.Found.Count > 0 || older.IsEnd) Render();
        return true;
    }

    /// <summary>Replaces the lines of a paused window around the same position.</summary>
    private async Task RefilterAsync()
    {
        var anchor = _anchor ?? (_scripts is null ? null : await _scripts.InvokeAsync<Anchor?>("anchor", _disposed.Token));
        _anchor = null;
        // What came since is still only counted, by the new filter.
        var (last, counted, reachedEnd) = (_window.LastId, _window.Counted, !_window.HasNewer);
        if (!await LoadAroundAsync(anchor?.Id ?? last, reachedEnd ? last : null)) return;
        if (reachedEnd && !_window.HasNewer && counted > _window.LastId)
            _window.Count(await _pager.CountAsync(last, counted, Filter) ?? 0, counted);
        _put = anchor;
        _toldOptions = null; // a filter takes stack traces apart
        Render();
    }

    /// <param name="last">Lines behind this one do not count; null for none.</param>
    private async Task<bool> LoadAroundAsync(long id, long? last = null)
    {
        var filter = Filter;
        var before = await _pager.BeforeAsync(id + 1, filter, AroundPlace);
        var after = last is { } end ? await _pager.OldestAsync(id + 1, end, filter, AroundPlace) : await _pager.AfterAsync(id, filter, AroundPlace);
        if (before is null || after is null || filter != Filter || _window.Following) return false;
        _window.Start(before, after);
        return true;
    }

    /// <summary>Shows the line that an address leads to, or the nearest one that is still stored.</summary>
    private async Task ShowTargetAsync(long id)
    {
        _shownTarget = id;
        await ChangeFollowingAsync(false);
        var isStored = await _pager.LineAsync(id) is not null;
        if (!isStored && await _pager.ExtentAsync() is { } stored) id = Math.Clamp(id, stored.First, Math.Max(stored.First, stored.Last));
        if (!await LoadAroundAsync(id)) return;
        if (_scripts is not null) await _scripts.InvokeVoidAsync("target", _disposed.Token, isStored ? id : null);
        _jumpTo = id;
        Render();
        if (!isStored) await TargetMissing.InvokeAsync();
    }

    private void StartSearching(bool jump) => _searching = KeepAsync(async () =>
    {
        var place = _scripts is null ? null : await _scripts.InvokeAsync<long?>("place", _disposed.Token);
        await Search.RunAsync(Filter, Marked, place, jump);
    });

    private void OnSearchChanged() => _ = KeepAsync(async () =>
    {
        if (_scripts is null || _marked == (Search.Match, Search.Current)) return;
        _marked = (Search.Match, Search.Current);
        var match = Search.Match;
        await _scripts.InvokeVoidAsync("mark", _disposed.Token, new
        {
            text = match?.Text ?? "",
            regex = match?.IsRegex ?? false,
            matchCase = match?.MatchCase ?? false,
            wholeWord = match?.WholeWord ?? false,
        }, Search.Current);
    });

    private void OnSearchJumped(long id) => _ = KeepAsync(() => JumpAsync(id));

    // Pause the view: otherwise the hit would move away with the next lines.
    private async Task JumpAsync(long id)
    {
        await ChangeFollowingAsync(false);
        if (_scripts is null || await _scripts.InvokeAsync<bool>("sees", _disposed.Token, id))
        {
            if (_scripts is not null) await _scripts.InvokeVoidAsync("reveal", _disposed.Token, id);
            return;
        }

        if (!_window.Holds(id) && !await LoadAroundAsync(id)) return;
        _jumpTo = id;
        Render();
    }

    /// <summary>Runs work in the background: cancellation with the page is ignored, an error is shown on the page.</summary>
    private async Task KeepAsync(Func<Task> work)
    {
        try
        {
            await InvokeAsync(work);
        }
        catch (Exception e) when (_disposed.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException or JSDisconnectedException)
        {
            // the page is gone
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private void Render()
    {
        _dirty = true;
        StateHasChanged();
    }

    private void ShowProcesses()
    {
        _shownProcesses = Processes;
        var (colors, style) = (PrefixStyle.ColorsOf(Processes), PrefixStyle.WidthOf(Processes));
        if (colors == _colors && style == _frameStyle) return;
        (_colors, _frameStyle, _dirty) = (colors, style, true);
    }

    /// <summary>A line and its height in the view.</summary>
    private sealed record Anchor(long Id, double Top);
}

/// <summary>A menu that is asked for at a line.</summary>
/// <param name="Text">What is selected in the line, or all of it.</param>
/// <param name="IsSelection">Whether it is what was selected.</param>
public sealed record LineMenuRequest(long Id, string Process, string Text, bool IsSelection, double X, double Y);
