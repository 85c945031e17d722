using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Frames;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

/// <summary>
/// Renders a <see cref="LogWindow"/>, which a <see cref="LogPager"/> keeps supplied. It is the only component that renders on a tick. Its
/// script follows the end, keeps the scroll position and requests lines beyond the edges.
/// </summary>
public sealed partial class LogView : ILogSurface, IAsyncDisposable
{
    private readonly Lifetime _lifetime = new();
    private readonly LogPager _pager;
    private readonly LogScript _script;
    private ElementReference _log;
    private DotNetObjectReference<LogView>? _self;

    // What the parameters were when they were last acted upon.
    private LineFilter? _shownFilter;
    private TextMatch? _shownMark;
    private IReadOnlyList<ProcessInfo>? _shownProcesses;
    private (ViewOptions Options, bool Folds)? _sentOptions;
    private long? _shownTarget;
    private bool _shownLinked;
    private bool _sentFollowing = true; // as the script begins
    private int _readersChange;
    private (TextMatch? Match, long? Current) _marked;

    private string _colors = "";
    private string _frameStyle = "";
    private bool _dirty = true;
    private bool _hasSearched;
    private Task _searching = Task.CompletedTask;
    private LogAnchor? _put;
    private LogAnchor? _anchor;
    private TaskCompletionSource? _shown;
    private long? _jumpTo;
    private long? _arriveAt;

    public LogView(OutputFeed feed, OvermindDatabase database, IJSRuntime script, ILogger<LogView> logger)
    {
        _script = new LogScript(script);
        _pager = new LogPager(this, feed, database, logger);
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

    /// <summary>Whether it goes where the other panes go, by time, and they where it goes.</summary>
    [Parameter] public bool Linked { get; set; }

    /// <summary>The line that an address leads to; null for none.</summary>
    [Parameter] public long? Target { get; set; }

    /// <summary>The line is no longer stored: the nearest is shown instead.</summary>
    [Parameter] public EventCallback TargetMissing { get; set; }

    /// <summary>A menu is asked for at a line.</summary>
    [Parameter] public EventCallback<LineMenuRequest> MenuRequested { get; set; }

    /// <summary>Finds a place in a source file for the reader's editor.</summary>
    [Parameter] public Func<string, int, int, string?> EditorUriOf { get; set; } = (_, _, _) => null;

    private LogWindow Window => _pager.Window;

    /// <summary>Called by the script when the reader leaves the end or comes back to it.</summary>
    /// <param name="change">The number of this change, from 1.</param>
    [JSInvokable]
    public Task OnFollowChanged(bool following, int change)
    {
        (_sentFollowing, _readersChange) = (following, change);
        return _pager.FollowAsync(following);
    }

    /// <summary>Called by the script near the top. Whether there may be more.</summary>
    [JSInvokable]
    public Task<bool> LoadOlder() => _pager.LoadOlderAsync();

    /// <summary>Called by the script near the end of what is loaded. Whether there may be more.</summary>
    [JSInvokable]
    public Task<bool> LoadNewer() => _pager.LoadNewerAsync();

    /// <summary>Called by the script when a gap comes near. Whether there may be more: not for a view that has gone back to the end meanwhile.</summary>
    /// <param name="fromEnd">The reader comes from below.</param>
    [JSInvokable]
    public async Task<bool> LoadGap(long firstId, bool fromEnd) => !Window.Following && await _pager.LoadGapAsync(firstId, fromEnd);

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
        if (await _pager.LoadBeginningAsync() is not { } first) return;
        _put = new LogAnchor(first, 0);
        Render();
    }

    /// <summary>Called by the script when a linked pane went to a time outside of what is loaded here.</summary>
    [JSInvokable]
    public async Task ShowTime(long time)
    {
        if (await _pager.LoadTimeAsync(time) is not { } id) return;
        _arriveAt = id;
        Render();
    }

    /// <summary>Goes to the first line shown that was read at or after a time, and marks it. False where there is none to go to.</summary>
    public async Task<bool> GoToTimeAsync(long time)
    {
        if (await _pager.LoadTimeAsync(time) is not { } id) return false;
        var shown = await _pager.NextShownAsync(id) ?? id;
        await _script.TargetAsync(shown);
        _jumpTo = shown;
        Render();
        return true;
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
    public Task<bool> CopySelectedAsync(bool detailed) => _script.CopySelectedAsync(detailed);

    /// <summary>The whole text of a line; null when it is gone.</summary>
    public Task<OutputLine?> LineAsync(long id) => _pager.LineAsync(id);

    /// <summary>The next change of the filter keeps this line in place, instead of the one in the middle, and marks it.</summary>
    public async Task HoldLineAsync(long id)
    {
        await _pager.FollowAsync(false);
        await _script.TargetAsync(id);
        _anchor = new LogAnchor(id, await _script.MenuTopAsync() ?? 0);
    }

    Task ILogSurface.OnCircuitAsync(Func<Task> work) => KeepAsync(work);

    void ILogSurface.Render() => Render();

    Task ILogSurface.ShownAsync() => (_shown ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    async Task<LogAnchor?> ILogSurface.AnchorAsync()
    {
        var anchor = _anchor ?? await _script.AnchorAsync();
        _anchor = null;
        return anchor;
    }

    void ILogSurface.Put(LogAnchor anchor) => _put = anchor;

    Task ILogSurface.FollowingChangedAsync(bool following)
    {
        Following = following;
        return FollowingChanged.InvokeAsync(following);
    }

    async Task<bool> ILogSurface.OpensElsewhereAsync()
    {
        if (Target is not { } target) return false;
        await ShowTargetAsync(target);
        return true;
    }

    void ILogSurface.Loaded()
    {
        if (_hasSearched) return;
        _hasSearched = true;
        if (Marked is not null) StartSearching(jump: false); // the address had it
    }

    void ILogSurface.Replaced()
    {
        if (_hasSearched && Marked is not null) StartSearching(jump: false);
    }

    void ILogSurface.Saw(IEnumerable<long> amended) => Search.Saw(amended);

    protected override void OnInitialized()
    {
        Search.Changed += OnSearchChanged;
        Search.Jumped += OnSearchJumped;
        _pager.SetFollowing(Following && Target is null);
    }

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_shownProcesses, Processes) || _shownFilter?.Processes != Filter.Processes) ShowProcesses();
        var filterChanged = _shownFilter is not null && _shownFilter != Filter;
        var markChanged = _hasSearched && _shownMark != Marked;
        (_shownFilter, _shownMark) = (Filter, Marked);
        _dirty |= _sentOptions != WantedOptions || _shownLinked != Linked;
        _shownLinked = Linked;
        if (Window.Following != Following && _pager.IsLoaded)
        {
            _pager.SetFollowing(Following);
            _dirty = true;
        }

        if (filterChanged) _ = KeepAsync(_pager.ApplyFilterAsync);
        if (_pager.IsLoaded && (markChanged || (filterChanged && Marked is not null)))
            StartSearching(jump: markChanged && Marked is not null && !Filter.Texts.Contains(Marked));
        if (_pager.IsLoaded && Target is { } target && target != _shownTarget) _ = KeepAsync(() => ShowTargetAsync(target));
    }

    protected override bool ShouldRender()
    {
        var render = _dirty;
        _dirty = false;
        return render;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        Take(ref _shown)?.SetResult();
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await _script.AttachAsync(_log, _self);
            if (!_lifetime.IsOver) _pager.Start();
        }

        if (!_script.IsAttached) return;
        if (_sentOptions != WantedOptions)
        {
            _sentOptions = WantedOptions;
            await _script.ShowAsAsync(Options, WantedOptions.Folds);
        }

        if (_sentFollowing != Window.Following)
        {
            _sentFollowing = Window.Following;
            await _script.FollowAsync(Window.Following, _readersChange);
        }

        if (Take(ref _put) is { } put) await _script.PutAsync(put);
        if (Take(ref _arriveAt) is { } arrived) await _script.ArriveAsync(arrived);
        if (Take(ref _jumpTo) is { } id) await _script.ShowAsync(id);
    }

    public async ValueTask DisposeAsync()
    {
        Search.Changed -= OnSearchChanged;
        Search.Jumped -= OnSearchJumped;
        Search.Stop();
        await _lifetime.EndAsync();
        await _pager.DisposeAsync();
        await _searching;
        _self?.Dispose();
        await _script.DisposeAsync();
        _lifetime.Dispose();
    }

    // A filter takes stack traces apart.
    private (ViewOptions Options, bool Folds) WantedOptions => (Options, Options.Fold && !Filter.AsksForContent);

    private static T? Take<T>(ref T? once)
    {
        var taken = once;
        once = default;
        return taken;
    }

    private Task ResumeAsync() => _pager.FollowAsync(true);

    /// <summary>Shows the line that an address leads to, or the nearest one that is still stored.</summary>
    private async Task ShowTargetAsync(long id)
    {
        _shownTarget = id;
        await _pager.FollowAsync(false);
        var (nearest, isStored) = await _pager.NearestAsync(id);
        if (!await _pager.LoadAroundAsync(nearest)) return;
        await _script.TargetAsync(isStored ? id : null);
        _jumpTo = nearest;
        Render();
        if (!isStored) await TargetMissing.InvokeAsync();
    }

    private void StartSearching(bool jump) => _searching = KeepAsync(async () => await Search.RunAsync(Filter, Marked, await _script.PlaceAsync(), jump));

    private void OnSearchChanged() => _ = KeepAsync(async () =>
    {
        if (!_script.IsAttached || _marked == (Search.Match, Search.Current)) return;
        _marked = (Search.Match, Search.Current);
        await _script.MarkAsync(Search.Match, Search.Current);
    });

    private void OnSearchJumped(long id) => _ = KeepAsync(() => JumpAsync(id));

    // Pause the view: otherwise the hit would move away with the next lines.
    private async Task JumpAsync(long id)
    {
        await _pager.FollowAsync(false);
        if (await _script.RevealAsync(id) || (!Window.Holds(id) && !await _pager.LoadAroundAsync(id))) return;
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
        catch (Exception e) when (_lifetime.IsOver && e is OperationCanceledException or ObjectDisposedException or JSDisconnectedException)
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
        var (colors, style) = (PrefixStyle.ColorsOf(Processes), PrefixStyle.WidthOf([.. Processes.Where(p => Filter.Processes.Shows(p.Name))]));
        if (colors == _colors && style == _frameStyle) return;
        (_colors, _frameStyle, _dirty) = (colors, style, true);
    }
}
