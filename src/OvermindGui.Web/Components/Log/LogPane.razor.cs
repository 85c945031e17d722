using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project.Procfiles;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Timing;
using OvermindGui.Web.Components.Frames;
using OvermindGui.Web.Components.Menus;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Components.Scripts;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

/// <summary>
/// One pane of the log: its toolbar, its lines and the menu of a line. The page keeps in the address which processes it
/// shows and what it looks for; everything else is the pane's own.
/// </summary>
public sealed partial class LogPane(OutputFeed feed, OvermindDatabase database, EditorLinks editors, LineAddress links, ViewOptionsMemory memory, ISnackbar snackbar, Clipboard clipboard, StarMenu stars, NavigationManager navigation, TimeProvider time)
    : IAsyncDisposable
{
    // The log follows the controls a moment later, so that a typed word is one change of it.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);
    private const int LongestInMenu = 40;

    private readonly Lifetime _lifetime = new();
    private readonly LogSearch _search = new(database, time);
    private LogView _view = null!;
    private ContextMenu _menu = null!;
    private Task _counting = Task.CompletedTask;
    private LogQuery _query = LogQuery.None; // as it is typed
    private LogQuery _shown = LogQuery.None; // as it is shown
    private LogQuery? _reported;
    private LineFilter _lines = LineFilter.Everything;
    private LevelCounts _counts = LevelCounts.None;
    private int _choices;
    private bool _following = true;
    private bool _targetMissing;
    private bool _asksMoment;
    private string? _dismissed;

    /// <summary>The processes of the project, for colours and the width of their names.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<ProcessInfo> Processes { get; set; }

    /// <summary>Whose lines are shown and what the pane looks for, as the address says.</summary>
    [Parameter, EditorRequired] public required PaneState State { get; set; }

    [Parameter] public EventCallback<PaneState> StateChanged { get; set; }

    /// <summary>The line that the address leads to; null for none.</summary>
    [Parameter] public long? Line { get; set; }

    /// <summary>A message above the lines, such as why a link cannot be followed; null for none.</summary>
    [Parameter] public string? Notice { get; set; }

    /// <summary>Text of a process's output is to count as a failure.</summary>
    [Parameter] public EventCallback<SelectedText> DeclareFailure { get; set; }

    /// <summary>A panel is to be shown beside the log, such as <c>line:1234</c>.</summary>
    [Parameter] public EventCallback<string> ShowPanel { get; set; }

    /// <summary>Its place among the panes, from 1.</summary>
    [Parameter] public int Number { get; set; } = 1;

    /// <summary>Whether there are other panes.</summary>
    [Parameter] public bool IsSplit { get; set; }

    /// <summary>Whether the process list acts on this pane.</summary>
    [Parameter] public bool IsActive { get; set; }

    /// <summary>Whether scrolling one pane moves the others.</summary>
    [Parameter] public bool IsLinked { get; set; }

    [Parameter] public EventCallback<bool> LinkedChanged { get; set; }

    /// <summary>Whether there is room for another pane.</summary>
    [Parameter] public bool CanSplit { get; set; }

    /// <summary>Another pane is to be added beside this one.</summary>
    [Parameter] public EventCallback Split { get; set; }

    /// <summary>The pane is to be closed.</summary>
    [Parameter] public EventCallback Close { get; set; }

    private ProcessFilter Shown => State.Selection.Filter;

    protected override void OnInitialized()
    {
        _following = Line is null;
        memory.Changed += OnOptionsChanged;
        _counting = CountAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) await memory.ReadAsync();
    }

    protected override void OnParametersSet()
    {
        if (_reported != State.Query)
        {
            _reported = State.Query;
            if (!_reported.HasAddressOf(_shown)) _query = _shown = _reported;
        }

        Show();
    }

    public async ValueTask DisposeAsync()
    {
        memory.Changed -= OnOptionsChanged;
        await _lifetime.EndAsync();
        await _counting;
        _search.Dispose();
        _lifetime.Dispose();
    }

    private void Show()
    {
        var lines = _shown.Lines(Shown);
        if (lines != _lines) _lines = lines;
    }

    private async Task GoToTimeAsync(long moment)
    {
        if (!await _view.GoToTimeAsync(moment)) snackbar.Add("There is no output to go to", Severity.Info);
    }

    private Task SelectAsync(Selection selection) => StateChanged.InvokeAsync(State with { Selection = selection });

    private ViewOptions Options => memory.Options;

    private Task KeepOptionsAsync(ViewOptions options) => memory.KeepAsync(options);

    private void OnOptionsChanged() => InvokeAsync(StateHasChanged);

    private void FollowAsync(bool following) => _following = following;

    private async Task ChooseAsync(LogQuery query)
    {
        _query = query;
        var choice = ++_choices;
        StateHasChanged();
        try
        {
            await Task.Delay(Settling, time, _lifetime.Token);
        }
        catch (OperationCanceledException)
        {
            return; // the page is gone
        }

        if (choice == _choices) await HurryAsync();
    }

    private async Task HurryAsync()
    {
        _choices++;
        if (_shown == _query) return;
        _shown = _reported = _query;
        Show();
        StateHasChanged();
        await StateChanged.InvokeAsync(State with { Query = _shown });
    }

    private Task ShowNowAsync(LogQuery query)
    {
        _query = query;
        return HurryAsync();
    }

    private async Task CountAsync()
    {
        try
        {
            while (true)
            {
                var counted = (feed.Changes, Shown);
                var counts = feed.CountLevels(counted.Shown);
                if (counts != _counts)
                {
                    _counts = counts;
                    await InvokeAsync(StateHasChanged);
                }

                await Heartbeat.UntilAsync(() => (feed.Changes, Shown) != counted, _lifetime.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // the page is gone
        }
    }

    private void OpenMenu((string Label, IReadOnlyList<MenuEntry?> Entries, MouseEventArgs At) menu) => _menu.Open(menu.Label, menu.Entries, menu.At);

    private async Task ShowLineMenuAsync(LineMenuRequest at)
    {
        var isDaemon = at.Process == Procfile.SystemProcess;
        var text = at.Text.Trim();
        var what = at.IsSelection && text.Length > 0 && !text.Contains('\n') ? text : null;
        var quoted = what is null ? "" : $"“{(what.Length > LongestInMenu ? what[..LongestInMenu] + "…" : what)}”";
        List<MenuEntry?> entries =
        [
            new(at.IsSelection ? "Copy" : "Copy line", "copy", () => CopyAsync(at, detailed: false)) { Icon = Icons.Material.Filled.ContentCopy },
            new("Copy with time and process", "copy-detailed", () => CopyAsync(at, detailed: true)) { Icon = Icons.Material.Filled.Schedule },
            .. await stars.EntriesAsync(at.Id, async () => (await _view.LineAsync(at.Id))?.Content.Text ?? at.Text),
            new("Copy link to this line", "copy-link", () => CopyLinkAsync(at.Id)) { Icon = Icons.Material.Filled.Link },
            null,
            new("Details", "line-details", () => ShowPanel.InvokeAsync(string.Create(CultureInfo.InvariantCulture, $"line:{at.Id}"))) { Icon = Icons.Material.Outlined.Info },
            new("Show in context", "context", () => ShowInContextAsync(at.Id)) { Icon = Icons.Material.Filled.UnfoldMore, IsDisabled = !_lines.AsksForContent },
            new($"Show only {at.Process}", "only", () => SelectAsync(State.Selection.Only(at.Process))) { Icon = Icons.Material.Filled.FilterCenterFocus },
        ];
        if (what is not null)
        {
            entries.Add(new($"Filter for {quoted}", "filter-for", () => ShowNowAsync(Plain(what) with { Filters = true })) { Icon = Icons.Material.Filled.FilterAlt });
            entries.Add(new($"Exclude {quoted}", "exclude", () => ShowNowAsync(Plain(what) with { Filters = true, Excludes = true })) { Icon = Icons.Material.Filled.FilterAltOff });
            entries.Add(new($"Search for {quoted}", "search-for", () => ShowNowAsync(Plain(what))) { Icon = Icons.Material.Filled.Search });
        }

        entries.Add(null);
        entries.Add(new("Add as failure declaration…", "declare", () => DeclareAsync(at))
        {
            Icon = Icons.Material.Filled.ReportGmailerrorred,
            IsDisabled = isDaemon, // the daemon does not watch itself
        });
        _menu.Open($"Line of {at.Process}", entries, new MouseEventArgs { Type = "contextmenu", ClientX = at.X, ClientY = at.Y });
    }

    private async Task DeclareAsync(LineMenuRequest at)
    {
        var isWhole = !at.IsSelection || (await _view.LineAsync(at.Id))?.Content.Text.Trim() == at.Text.Trim();
        await DeclareFailure.InvokeAsync(new SelectedText(at.Process, at.Id, at.Text, isWhole));
    }

    private LogQuery Plain(string text) => _shown with { Text = LogQuery.TextOf(text), IsRegex = false, WholeWord = false, Excludes = false, Filters = false, MatchCase = true };

    private async Task CopyAsync(LineMenuRequest at, bool detailed)
    {
        if (at.IsSelection) await clipboard.TryAsync("Copied", () => _view.CopySelectedAsync(detailed));
        else if (await _view.LineAsync(at.Id) is { } line) await clipboard.CopyAsync(detailed ? $"{LineTime.TextOf(line.Time)} {line.Process} | {line.Content.Text}" : line.Content.Text);
        else snackbar.Add("The line is no longer stored", Severity.Warning);
    }

    private Task CopyLinkAsync(long id) => clipboard.CopyAsync(new Uri(new Uri(navigation.BaseUri), links.Of(id)).ToString(), "Link copied");

    /// <summary>The same line at the same place, among all that was printed around it.</summary>
    private async Task ShowInContextAsync(long id)
    {
        await _view.HoldLineAsync(id);
        await ShowNowAsync(_query with { Filters = false, Levels = LevelSet.All, Since = null, Until = null, Run = null });
    }

    private string? EditorUriOf(string path, int line, int column) => editors.UriOf(Options.Editor, path, line, column);

    private void DownloadMenu(MouseEventArgs at) => _menu.Open("Download", DownloadLinks.Entries(_lines, format => Fetch(format)), at);

    private Task Fetch(string format)
    {
        navigation.NavigateTo(DownloadLinks.Address(_lines, [.. Processes.Select(p => p.Name).Where(Shown.Shows)], format), forceLoad: true);
        return Task.CompletedTask;
    }
}
