using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;
using OvermindGui.Core.Levels;
using OvermindGui.Web.Components.Menus;
using OvermindGui.Web.Components.Scripts;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

/// <summary>What can be asked of a pane: whether it follows, which levels and lines it shows, what it marks, and how it shows lines.</summary>
public sealed partial class LogToolbar(IJSRuntime script) : IAsyncDisposable
{
    private const string Funnel = "M3 5h18l-7 8.500V20l-4-2v-4.500z";
    private const string Lens = "M10 3a7 7 0 0 1 5.500 11.300l5.600 5.600-1.400 1.400-5.600-5.600A7 7 0 1 1 10 3zm0 2a5 5 0 1 0 0 10 5 5 0 0 0 0-10z";
    private const string Clock = "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zm0 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm-1 3h2v5.200l3.800 2.200-1 1.700-4.800-2.800z";
    private const string WrapIcon = "M3 5h18v2H3zm0 6h14.500a3.500 3.500 0 0 1 0 7H15v2l-3.500-3L15 14v2h2.500a1.500 1.500 0 0 0 0-3H3zm0 6h6v2H3z";
    private const string DownloadIcon = "M11 3h2v9.200l3.300-3.300 1.400 1.400L12 16l-5.700-5.700 1.400-1.400 3.300 3.300zM4 19h16v2H4z";

    private readonly ElementScript _keys = new(script, "Components/Log/LogToolbar.razor.js");
    private ElementReference _bar;

    /// <summary>What the pane is called by a screen reader: unique among the panes.</summary>
    [Parameter] public string Label { get; set; } = "Log";

    [Parameter, EditorRequired] public required LogQuery Query { get; set; }

    [Parameter] public EventCallback<LogQuery> QueryChanged { get; set; }

    /// <summary>What was typed counts at once.</summary>
    [Parameter] public EventCallback Hurry { get; set; }

    [Parameter] public ViewOptions Options { get; set; } = ViewOptions.Default;

    [Parameter] public EventCallback<ViewOptions> OptionsChanged { get; set; }

    [Parameter] public bool Following { get; set; }

    [Parameter] public EventCallback<bool> FollowingChanged { get; set; }

    [Parameter, EditorRequired] public required LogSearch Search { get; set; }

    /// <summary>Of the newest lines of the shown processes.</summary>
    [Parameter] public LevelCounts Counts { get; set; } = LevelCounts.None;

    /// <summary>The processes that are hidden are to be shown as well.</summary>
    [Parameter] public EventCallback ShowHidden { get; set; }

    /// <summary>Only one process is to be shown.</summary>
    [Parameter] public EventCallback<string> ShowOnly { get; set; }

    /// <summary>Whether there is room for another pane.</summary>
    [Parameter] public bool CanSplit { get; set; }

    /// <summary>Another pane is to be added.</summary>
    [Parameter] public EventCallback Split { get; set; }

    /// <summary>Opens a menu of the pane.</summary>
    [Parameter] public EventCallback<(string Label, IReadOnlyList<MenuEntry?> Entries, MouseEventArgs At)> OpenMenu { get; set; }

    /// <summary>Asks what to download.</summary>
    [Parameter] public EventCallback<MouseEventArgs> Download { get; set; }

    /// <summary>Asks for a time to go to.</summary>
    [Parameter] public EventCallback GoToTime { get; set; }

    private string Summary => Query.Problem is { } problem ? problem : Search.Summary;

    private bool CountsHits => Query.Problem is null && Search.Current is not null;

    // A line below the field, as long as the part of the history that was looked at.
    private string? Progress => Search.IsLooking ? string.Create(CultureInfo.InvariantCulture, $"--looked:{Search.Progress:P0}") : null;

    protected override void OnInitialized() => Search.Changed += OnSearchChanged;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) await _keys.AttachAsync(_bar);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Search.Changed -= OnSearchChanged;
        return _keys.DisposeAsync();
    }

    private void OnSearchChanged() => InvokeAsync(StateHasChanged);

    private Task KeyAsync(KeyboardEventArgs e) => e switch
    {
        { Key: not "Enter" } => Task.CompletedTask,
        _ when Query.Marked != Search.Match => Hurry.InvokeAsync(),
        _ => Search.StepAsync(older: !e.ShiftKey),
    };

    private string TitleOf(LineLevel level) =>
        $"{(level == LineLevel.None ? "Lines that name no level" : $"Lines of level {level.ToText()}")}: {Number(Counts.Of(level))} of the newest";

    // Of those that a narrow bar keeps in its menu.
    private bool MoreLevels => !Query.Levels.IsAll && LineLevels.All.Any(level => level is not (LineLevel.Error or LineLevel.Warn) && Query.Levels.Shows(level));

    private Task OpenLevels(MouseEventArgs at) => OpenMenu.InvokeAsync(("Levels", [.. LineLevels.All.Select(level =>
        new MenuEntry($"{(level == LineLevel.None ? "other" : level.ToText())}  {Number(Counts.Of(level))}", $"level-{level.ToText()}", () => QueryChanged.InvokeAsync(Query with { Levels = Query.Levels.Toggle(level) }))
        {
            Icon = !Query.Levels.IsAll && Query.Levels.Shows(level) ? Icons.Material.Filled.Check : null,
        })], at));

    private async Task OpenHitsAsync(MouseEventArgs at)
    {
        var counts = await Search.CountByProcessAsync();
        if (counts.Count > 0)
            await OpenMenu.InvokeAsync(("Hits by process", [.. counts.Select(MenuEntry? (c) => new(
                $"{c.Process}  {c.Hits.ToString("N0", CultureInfo.InvariantCulture)}{(c.IsHidden ? " (hidden)" : "")}", $"hits-{c.Process}", () => ShowOnly.InvokeAsync(c.Process)))], at));
    }

    private Task OpenTimes(MouseEventArgs at) => OpenMenu.InvokeAsync(("Times", [
        Choice("Time", "time", Options.Time == TimeForm.Time, Options with { Time = TimeForm.Time }),
        Choice("Date and time", "datetime", Options.Time == TimeForm.DateTime, Options with { Time = TimeForm.DateTime }),
        Choice("Relative", "relative", Options.Time == TimeForm.Relative, Options with { Time = TimeForm.Relative }),
        Choice("Off", "off", Options.Time == TimeForm.Off, Options with { Time = TimeForm.Off }),
        null,
        Choice("Local time", "local", !Options.Utc, Options with { Utc = false }),
        Choice("UTC", "utc", Options.Utc, Options with { Utc = true }),
        null,
        new MenuEntry("Go to a time…", "go-to-time", () => GoToTime.InvokeAsync()) { Icon = Icons.Material.Filled.MyLocation },
    ], at));

    private Task OpenOptions(MouseEventArgs at) => OpenMenu.InvokeAsync(("View options", [
        new MenuEntry("Times…", "times", () => OpenTimes(at)) { Icon = Icons.Material.Outlined.Schedule },
        Choice("Wrap long lines", "wrap", Options.Wrap, Options with { Wrap = !Options.Wrap }),
        Choice("Fold stack traces", "fold", Options.Fold, Options with { Fold = !Options.Fold }),
        Choice("JSON and logfmt as printed", "raw", Options.Raw, Options with { Raw = !Options.Raw }),
        Choice("Timeline", "timeline", Options.Timeline, Options with { Timeline = !Options.Timeline }),
        Choice("Dense lines", "dense", Options.Dense, Options with { Dense = !Options.Dense }),
        new MenuEntry("Download…", "download", () => Download.InvokeAsync(at)) { Icon = Icons.Material.Outlined.Download },
        new MenuEntry("Split", "split", () => Split.InvokeAsync()) { Icon = Icons.Material.Outlined.VerticalSplit, IsDisabled = !CanSplit },
        null,
        Choice("No editor links", "editor-none", Options.Editor.Length == 0, Options with { Editor = "" }),
        .. EditorLinks.Editors.Keys.Select(name => Choice($"Open files in {name}", $"editor-{name.Replace(' ', '-').ToLowerInvariant()}", Options.Editor == name, Options with { Editor = name })),
    ], at));

    private MenuEntry Choice(string text, string testId, bool isOn, ViewOptions options) =>
        new(text, testId, () => OptionsChanged.InvokeAsync(options)) { Icon = isOn ? Icons.Material.Filled.Check : null };

    // The exact number is in the title.
    private static string Compact(int number) => number < 1_000 ? Number(number) : string.Create(CultureInfo.InvariantCulture, $"{number / 1_000d:0.#}k");

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
