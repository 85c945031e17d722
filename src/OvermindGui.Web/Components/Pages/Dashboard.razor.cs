using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Web.Components.Failures;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Pages;

/// <summary>The page: it holds what header, process list and log share, and renders when the system changes, never on a line.</summary>
public sealed partial class Dashboard(
    SystemFeed feed, NavigationManager navigation, ProjectFolder folder, IJSRuntime script,
    FailureDialogs dialogs, TimeProvider time) : IAsyncDisposable
{
    // The log follows the controls a moment later, so that a double click or a typed word is one change of it.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _disposed = new();
    private Task _watch = Task.CompletedTask;
    private SystemSnapshot? _snapshot;
    private PageState _chosen = PageState.Initial;
    private PageState _shown = PageState.Initial;
    private int _choices;
    private long? _line;
    private bool _drawerOpen = true;

    [SupplyParameterFromQuery(Name = PageState.HideName)] public string? Hide { get; set; }

    [SupplyParameterFromQuery(Name = PageState.FocusName)] public string? Focus { get; set; }

    [SupplyParameterFromQuery(Name = LogQuery.FilterName)] public string? FilterText { get; set; }

    [SupplyParameterFromQuery(Name = LogQuery.SearchName)] public string? SearchText { get; set; }

    [SupplyParameterFromQuery(Name = LogQuery.MatchName)] public string? Match { get; set; }

    [SupplyParameterFromQuery(Name = LogQuery.LevelsName)] public string? Levels { get; set; }

    [SupplyParameterFromQuery(Name = LineAddress.Name)] public string? LinkedLine { get; set; }

    private ProjectFolder Folder => folder;

    protected override void OnInitialized() => _watch = WatchAsync(_disposed.Token);

    protected override void OnParametersSet()
    {
        var asked = PageState.Parse(Hide, Focus, LogQuery.Parse(FilterText, SearchText, Match, Levels));
        _line = LineAddress.Parse(LinkedLine);
        if (asked != _shown) _shown = _chosen = asked;
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        await _watch;
        _disposed.Dispose();
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
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
        dialogs.AddAsync(selected.Process, selected.Text, [.. (_snapshot?.Processes ?? []).Select(p => p.Name)]);

    private Task QueryAsync(LogQuery query) => ShowNowAsync(_chosen with { Query = query });

    private Task ShowAllAsync() => ShowNowAsync(_chosen with { Selection = Selection.All });

    private Task FocusAsync(string process) => ShowNowAsync(_chosen with { Selection = _chosen.Selection with { Focused = process } });

    private Task ShowNowAsync(PageState chosen)
    {
        _chosen = chosen;
        return ShowChosenAsync();
    }

    private async Task ChooseAsync(PageState chosen)
    {
        _chosen = chosen;
        var choice = ++_choices;
        StateHasChanged();
        try
        {
            await Task.Delay(Settling, time, _disposed.Token);
        }
        catch (OperationCanceledException)
        {
            return; // the page is gone
        }

        if (choice == _choices) await ShowChosenAsync();
    }

    private async Task ShowChosenAsync()
    {
        _choices++;
        if (_shown == _chosen) return;
        var hidesOthers = !_shown.Selection.Hidden.SetEquals(_chosen.Selection.Hidden);
        _shown = _chosen;
        var address = navigation.GetUriWithQueryParameters(_shown.ToQuery());
        navigation.NavigateTo(address.Replace("%2C", ",", StringComparison.OrdinalIgnoreCase), replace: true); // to be read by people
        StateHasChanged();
        if (hidesOthers) await KeepHiddenAsync();
    }

    private async Task KeepHiddenAsync()
    {
        try
        {
            await script.InvokeVoidAsync("overmindMemory.keepHidden", _disposed.Token, PageState.TextOf(_shown.Selection.Hidden) ?? "");
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // the page is gone
        }
    }
}
