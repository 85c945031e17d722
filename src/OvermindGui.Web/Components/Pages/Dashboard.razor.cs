using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using MudBlazor;
using OvermindGui.Core.Control;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project;
using OvermindGui.Web.Components.Failures;
using OvermindGui.Web.Components.Frames;
using OvermindGui.Web.Components.Layout;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Components.Scripts;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Pages;

/// <summary>The page: it holds what bar, list, log and panel share, and renders when the system changes, never on a line.</summary>
public sealed partial class Dashboard(
    SystemFeed feed, NavigationManager navigation, ProjectFolder folder, IJSRuntime script,
    FailureDialogs dialogs, LineAddress links, MomentAddress moments, BrowserClock clock, ViewOptionsMemory options, BrowserShell shell, PageActions actions) : IAsyncDisposable
{
    private readonly Lifetime _lifetime = new();
    private readonly BrowserShell _shell = shell;
    private DotNetObjectReference<Dashboard>? _self;
    private Task _watch = Task.CompletedTask;
    private SystemSnapshot? _snapshot;
    private PageState _chosen = PageState.Initial;
    private PageState _shown = PageState.Initial;
    private int _active;
    private StateGroup? _only;
    private PhoneView _view;
    private bool _showsLog; // what was chosen in the panel
    private string? _link;
    private string? _moment;
    private LinkedLine? _linked;

    // The process list and the palette act on it.
    private PaneState ActivePane => _chosen.Panes[_active];

    // Not offered where there is no room for another pane.
    private EventCallback<string> Beside => _chosen.Panes.Count < PageState.MostPanes ? EventCallback.Factory.Create<string>(this, ShowBesideAsync) : default;

    private int Failed => _snapshot?.Processes.Count(p => ProcessPresentation.Of(p).Group == StateGroup.Failed) ?? 0;

    // Failures come first: a tab shows only the beginning of the title.
    private string Title => Failed > 0 ? $"✕ {Failed} · {folder.Name}" : folder.Name;

    // On a phone a panel covers the log, also the line that was chosen in it.
    private string PanelClass => _chosen.Panel switch
    {
        null => "",
        _ when _showsLog => "with-panel shows-line",
        SidePanel.Errors or SidePanel.Stars or SidePanel.Sessions when LineAddress.In(navigation.Uri) is not null => "with-panel shows-line",
        _ => "with-panel",
    };

    private IReadOnlyList<PageAction?> Actions => actions.Menu(_snapshot, ShowHelpAsync, ToggleErrorsAsync, () => ShowPanelAsync(SidePanel.Stars));

    /// <summary>Called by the script for a key of the page.</summary>
    [JSInvokable]
    public Task OnShortcut(string name) => name switch
    {
        "palette" => OpenPaletteAsync(),
        "sidebar" => ToggleSidebarAsync(),
        "help" => ShowHelpAsync(),
        "escape" => EscapeAsync(),
        _ => Task.CompletedTask,
    };

    protected override void OnInitialized()
    {
        _shell.Changed += OnShellChanged;
        options.Changed += OnOptionsChanged;
        navigation.LocationChanged += OnLocationChanged;
        Read(navigation.Uri);
        _watch = WatchAsync(_lifetime.Token);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender) await _shell.AttachAsync(_self = DotNetObjectReference.Create(this));
            await _shell.ShowFailedAsync(Failed);
        }
        catch (Exception e) when (_lifetime.IsOver && e is JSDisconnectedException or OperationCanceledException or ObjectDisposedException)
        {
            // left at once for another page
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _shell.Changed -= OnShellChanged;
        options.Changed -= OnOptionsChanged;
        navigation.LocationChanged -= OnLocationChanged;
        await _lifetime.EndAsync();
        await _watch;
        _self?.Dispose();
        _lifetime.Dispose();
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs at) => InvokeAsync(() =>
    {
        Read(at.Location);
        StateHasChanged();
        return FollowLinkAsync();
    });

    private void Read(string address)
    {
        if (new Uri(address).AbsolutePath != new Uri(navigation.BaseUri).AbsolutePath) return; // on the way to another page
        (_link, _moment) = (LineAddress.In(address), MomentAddress.In(address));
        var asked = PageState.Parse(address);
        if (asked == _shown) return;
        _shown = _chosen = asked;
        options.Ask(asked.Columns);
        _active = Math.Min(_active, asked.Panes.Count - 1);
    }

    // Whose line it is decides what is shown: a link that leads to a hidden process would lead nowhere.
    private async Task FollowLinkAsync()
    {
        if (_link is null && _moment is { } moment) await GoToMomentAsync(moment);
        if (_link is not { } link) return;
        _link = null;
        _linked = await Task.Run(() => links.Find(link));
        var pane = _shown.Panes[0];
        if (_linked.Process is { } process && !pane.Selection.Shows(process))
            _shown = _chosen = _shown.With(0, pane with { Selection = pane.Selection.Shown(process, shown: true, []) });
        StateHasChanged();
    }

    private async Task GoToMomentAsync(string moment)
    {
        _moment = null;
        var (lines, now) = (_shown.Panes[0].Query.Lines(_shown.Panes[0].Selection.Filter), await clock.ReadAsync(options.Options.Utc));
        _linked = await Task.Run(() => moments.Find(moment, lines, now));
        StateHasChanged();
    }

    // In the palette a typed time is a place to go to.
    private async Task<PageAction?> MomentActionAsync(string typed) =>
        PastTime.TryParse(typed, await clock.ReadAsync(options.Options.Utc), out var moment, out _)
            ? new PageAction($"Go to {moment:yyyy-MM-dd HH:mm:ss}", "go-to-time", () => GoTo(moment)) { Icon = Icons.Material.Filled.MyLocation }
            : null;

    private Task GoTo(DateTimeOffset moment)
    {
        navigation.NavigateTo(navigation.GetUriWithQueryParameter(MomentAddress.Name, moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture)));
        return Task.CompletedTask;
    }

    private void OnShellChanged() => InvokeAsync(StateHasChanged);

    // Who changes how lines are shown has left what the address said of it.
    private void OnOptionsChanged()
    {
        if (_chosen.Columns is not null && !options.IsAsked) InvokeAsync(() => ShowNowAsync(_chosen with { Columns = null }));
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            await InvokeAsync(FollowLinkAsync);
            await foreach (var snapshot in feed.WatchAsync(cancellationToken)) await InvokeAsync(() => Take(snapshot));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the page is gone
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private void Take(SystemSnapshot snapshot)
    {
        _snapshot = snapshot;
        StateHasChanged();
    }

    private Task DeclareFailureAsync(SelectedText selected) =>
        dialogs.AddAsync(selected.Process, selected.IsWholeLine ? PatternProposal.Of(selected.Text) : selected.Text, [.. (_snapshot?.Processes ?? []).Select(p => p.Name)]);

    private Task ShowActiveAsync(PaneState pane) => ShowNowAsync(_chosen.With(_active, pane));

    private Task ShowBesideAsync(string process)
    {
        var beside = PaneState.Initial with { Selection = ActivePane.Selection.Only(process) };
        _active = _chosen.Panes.Count;
        return ShowNowAsync(_chosen with { Panes = [.. _chosen.Panes, beside] });
    }

    private Task ToggleSidebarAsync() => _shell.KeepAsync(_shell.Settings with { SidebarOpen = !_shell.Settings.SidebarOpen });

    // From a phone's log the list is another view.
    private void NarrowAsync(StateGroup? only)
    {
        _only = only;
        if (only is not null) _view = PhoneView.Processes;
    }

    private Task ViewAsync(PhoneView view)
    {
        if (view == PhoneView.Search) return OpenPaletteAsync();
        _view = view;
        return _chosen.Panel is null ? Task.CompletedTask : ShowPanelAsync(null);
    }

    private Task OpenPaletteAsync() => actions.OpenPaletteAsync(_snapshot, ActivePane.Selection, new PaletteTargets(
        SelectAsync, ShowPanelAsync, text => ShowActiveAsync(ActivePane with { Query = ActivePane.Query with { Text = text } }), ShowHelpAsync, ToggleErrorsAsync)
    {
        MomentAsync = MomentActionAsync,
        ShowStarsAsync = () => ShowPanelAsync(SidePanel.Stars),
        ShowSessionAsync = ShowSessionAsync,
        ShowRunAsync = ShowRunAsync,
        ShowBeforeAsync = ShowBeforeAsync,
        ShowLineAsync = ShowLineAsync,
    });

    private Task ShowHelpAsync() => actions.ShowShortcutsAsync();

    // One thing after the other: first the panel closes, then all processes are shown again.
    private Task EscapeAsync() => this switch
    {
        { _chosen.Panel: not null } => ShowPanelAsync(null),
        { ActivePane.Selection.IsNarrowed: true } => SelectAsync(ActivePane.Selection.Cleared()),
        { _only: not null } => InvokeAsync(() => { _only = null; StateHasChanged(); }),
        _ => Task.CompletedTask,
    };

    private Task SelectAsync(Selection selection)
    {
        if (selection.IsNarrowed) _view = PhoneView.Log;
        return ShowActiveAsync(ActivePane with { Selection = selection });
    }

    private Task ShowRunAsync(RunInfo run) => ShowLogAsync(
        ActivePane with { Selection = ActivePane.Selection.Only(run.Process), Query = ActivePane.Query with { Run = run.Id, Since = null, Until = null } });

    private Task ShowSessionAsync(SessionInfo session) => ShowLogAsync(
        ActivePane with { Query = ActivePane.Query with { Run = null, Since = session.Range.Since, Until = session.Range.Until } });

    // Over all processes: the cause may lie in another one.
    private Task ShowBeforeAsync(RunInfo run) => ShowLogAsync(PaneState.Initial with
    {
        Query = LogQuery.None with { Since = (run.EndedAt ?? run.StartedAt).AddSeconds(-30).ToUnixTimeMilliseconds(), Until = (run.EndedAt ?? run.StartedAt).AddSeconds(1).ToUnixTimeMilliseconds() },
    });

    private Task ShowLogAsync(PaneState pane)
    {
        (_view, _showsLog) = (PhoneView.Log, true);
        return ShowActiveAsync(pane);
    }

    private Task ShowPanelAsync(string? panel)
    {
        _showsLog = false;
        return ShowNowAsync(_chosen with { Panel = panel, Tab = null });
    }

    private Task ToggleErrorsAsync() => ShowPanelAsync(_chosen.Panel == SidePanel.Errors ? null : SidePanel.Errors);

    // In its context: among all lines around it. The address leads to a line of the first pane.
    private async Task ShowLineAsync((string Process, long Line) at)
    {
        var first = _chosen.Panes[0];
        var selection = first.Selection.Filter.Shows(at.Process) ? first.Selection : Selection.All;
        (_view, _active) = (PhoneView.Log, 0);
        await ShowNowAsync(_chosen.With(0, first with { Selection = selection, Query = first.Query with { Filters = false, Levels = LevelSet.All, Since = null, Until = null, Run = null } }));
        navigation.NavigateTo(navigation.GetUriWithQueryParameter(LineAddress.Name, at.Line));
    }

    private Task ShowNowAsync(PageState chosen)
    {
        _chosen = chosen;
        return ShowChosenAsync();
    }

    private async Task ShowChosenAsync()
    {
        if (_shown == _chosen) return;
        var hidesOthers = !_shown.Panes[0].Selection.Hidden.SetEquals(_chosen.Panes[0].Selection.Hidden);
        var replaces = _shown.DiffersOnlyInQueries(_chosen);
        _shown = _chosen;
        _active = Math.Min(_active, _shown.Panes.Count - 1);
        var address = navigation.GetUriWithQueryParameters(_shown.ToQuery());
        navigation.NavigateTo(address.Replace("%2C", ",", StringComparison.OrdinalIgnoreCase), replace: replaces); // readable
        StateHasChanged();
        if (hidesOthers) await KeepHiddenAsync();
    }

    private async Task KeepHiddenAsync()
    {
        try
        {
            await script.InvokeVoidAsync("overmindMemory.keepHidden", _lifetime.Token, PaneState.TextOf(_shown.Panes[0].Selection.Hidden) ?? "");
        }
        catch (Exception e) when (ScriptCalls.IsMissed(e))
        {
            // the page is gone
        }
    }
}
