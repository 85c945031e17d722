using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

/// <summary>
/// The log. It subscribes to the feed by itself and is the only component that renders on a tick. While it follows, it appends and
/// lets go of the oldest; while it does not, nothing in it moves and only a number counts.
/// </summary>
public sealed partial class LogView(OutputFeed feed, OvermindDatabase database, IJSRuntime script, ILogger<LogView> logger)
    : IAsyncDisposable
{
    private readonly LogBuffer _buffer = new();
    private readonly CancellationTokenSource _disposed = new();
    private ElementReference _log;
    private IJSObjectReference? _module;
    private IJSObjectReference? _scroller;
    private DotNetObjectReference<LogView>? _self;
    private LineFilter? _shownFilter;
    private string? _shownSearch;
    private IReadOnlyList<ProcessInfo>? _shownProcesses;
    private string _colors = "";
    private string _frameStyle = "";
    private bool _loaded;
    private bool _loading;
    private bool _dirty = true;
    private long _newLines;

    /// <summary>Which lines to show.</summary>
    [Parameter, EditorRequired] public required LineFilter Filter { get; set; }

    /// <summary>For names' width and colours.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<ProcessInfo> Processes { get; set; }

    /// <summary>Whether the end stays in view.</summary>
    [Parameter] public bool Following { get; set; } = true;

    [Parameter] public EventCallback<bool> FollowingChanged { get; set; }

    /// <summary>The search of the page, which this view keeps going and shows.</summary>
    [Parameter, EditorRequired] public required LogSearch Search { get; set; }

    /// <summary>What to search for.</summary>
    [Parameter] public string SearchText { get; set; } = "";

    protected override void OnInitialized()
    {
        Search.Changed += OnSearchChanged;
        Search.Jumped += OnSearchJumped;
    }

    protected override Task OnParametersSetAsync()
    {
        if (!ReferenceEquals(_shownProcesses, Processes)) ShowProcesses();
        var filterChanged = _shownFilter is not null && _shownFilter != Filter;
        var searchChanged = _shownSearch is not null && _shownSearch != SearchText;
        (_shownFilter, _shownSearch) = (Filter, SearchText);
        if (_loaded && (searchChanged || (filterChanged && SearchText.Length > 0))) StartSearching(jump: searchChanged);
        if (filterChanged && !Following) return RefilterAsync();
        if (filterChanged) Reload(afresh: true);
        if (_following == Following) return Task.CompletedTask;
        (_following, _dirty) = (Following, true);
        if (_following) Reload(afresh: false);
        else (_newLines, _lastCounted) = (0, _buffer.LastId);
        return Task.CompletedTask;
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
            _module = await script.InvokeAsync<IJSObjectReference>(
                "import", _disposed.Token, "./_content/OvermindGui.Web/Components/Output/LogView.razor.js");
            _scroller = await _module.InvokeAsync<IJSObjectReference>("attach", _disposed.Token, _log, _self);
            _pump = KeepAsync(() => PumpAsync(_disposed.Token));
        }

        if (_scroller is null) return;
        if (_toldFollowing != Following)
        {
            _toldFollowing = Following;
            await _scroller.InvokeVoidAsync("follow", _disposed.Token, Following);
        }

        if (_jumpTo is not { } id) return;
        _jumpTo = null;
        await _scroller.InvokeVoidAsync("show", _disposed.Token, id);
    }

    public async ValueTask DisposeAsync()
    {
        Search.Changed -= OnSearchChanged;
        Search.Jumped -= OnSearchJumped;
        Search.Stop();
        await _disposed.CancelAsync();
        await Task.WhenAll(_pump, _filling, _searching);
        _reload.Dispose();
        _reading.Dispose();
        _self?.Dispose();
        try
        {
            if (_scroller is not null)
            {
                await _scroller.InvokeVoidAsync("detach");
                await _scroller.DisposeAsync();
            }

            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its script with it.
        }

        _disposed.Dispose();
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
}
