using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Procfiles;
using OvermindGui.Web.Components.Environments;
using OvermindGui.Web.Components.Failures;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Components.Menus;
using OvermindGui.Web.Components.Scripts;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Processes;

/// <summary>The sidebar: all processes, sorted and narrowed as chosen, and the daemon behind them.</summary>
public sealed partial class ProcessList(IJSRuntime script) : IAsyncDisposable
{
    private static readonly (ProcessOrder Order, string Label)[] Orders =
    [
        (ProcessOrder.Procfile, "Procfile order"), (ProcessOrder.State, "Failed first"), (ProcessOrder.Name, "By name"), (ProcessOrder.Activity, "Active first"),
    ];

    private static readonly Dictionary<string, object?> FilterAttributes = new()
    {
        ["aria-label"] = "Filter processes",
        ["data-testid"] = "process-filter",
        ["autocomplete"] = "off",
        ["spellcheck"] = "false",
    };

    private readonly ProcessSorting _sorting = new();
    private readonly ElementScript _keys = new(script, "Components/Processes/ProcessList.razor.js");
    private ElementReference _nav;
    private ContextMenu _menu = null!;
    private SystemSnapshot? _observed;
    private DistinctNames _names = DistinctNames.None;
    private string _filter = "";
    private string? _focused;
    private string? _anchor;

    [Parameter] public SystemSnapshot? Snapshot { get; set; }

    [Parameter, EditorRequired] public required Selection Selection { get; set; }

    [Parameter] public EventCallback<Selection> SelectionChanged { get; set; }

    /// <summary>Only processes in this group of states are listed; null for all.</summary>
    [Parameter] public StateGroup? Only { get; set; }

    [Parameter] public EventCallback<StateGroup?> OnlyChanged { get; set; }

    [Parameter] public ProcessOrder Order { get; set; }

    [Parameter] public EventCallback<ProcessOrder> OrderChanged { get; set; }

    /// <summary>Titles of the groups that are closed.</summary>
    [Parameter] public IReadOnlySet<string> Closed { get; set; } = new HashSet<string>();

    [Parameter] public EventCallback<IReadOnlySet<string>> ClosedChanged { get; set; }

    /// <summary>A process is to be shown in a pane of its own beside the others; not offered where there is no room.</summary>
    [Parameter] public EventCallback<string> ShowBeside { get; set; }

    /// <summary>The details of a process are asked for.</summary>
    [Parameter] public EventCallback<string> ShowDetails { get; set; }

    [Inject] private ClearWithUndo Clear { get; set; } = null!;

    [Inject] private DeclarationEditor Desk { get; set; } = null!;

    [Inject] private FailureDialogs Dialogs { get; set; } = null!;

    [Inject] private IDialogService DialogService { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private ProcessCommands Commands { get; set; } = null!;

    private IReadOnlyList<ProcessInfo> Processes => Snapshot?.Processes ?? [];

    private IEnumerable<string> Names => Processes.Select(p => p.Name).Append(Procfile.SystemProcess);

    private string FilterHint => Processes.Count == 1 ? "Filter 1 process" : $"Filter {Processes.Count} processes";

    private IEnumerable<ProcessInfo> Listed => _sorting.Sort(
        Processes.Where(p => Only is not { } only || ProcessPresentation.Of(p).Group == only).Where(p => ProcessSorting.Matches(p, _filter)), Order);

    // Groups are part of the Procfile's order; any other order cuts across them.
    private IEnumerable<ProcessSection> Sections => Order == ProcessOrder.Procfile
        ? ProcessSection.Of([.. Listed])
        : Listed.Any() ? [new ProcessSection("all", null, [.. Listed])] : [];

    private string? TabStop => Listed.Any(p => p.Name == _focused) ? _focused : Listed.FirstOrDefault()?.Name;

    private string CountText => string.Create(
        CultureInfo.InvariantCulture, $"{Snapshot?.LineCount ?? 0:N0} lines · {StoredSize.Of(Snapshot?.StoredBytes ?? 0)}");

    private string NarrowedText => Selection.IsNarrowed
        ? Selection.Selected is { Count: 1 } one ? $"Only {one.First()}" : $"Only {Selection.Selected.Count} of {Processes.Count}"
        : $"{Selection.Hidden.Count} hidden";

    protected override void OnInitialized() => Commands.Changed += OnCommandsChanged;

    protected override void OnParametersSet()
    {
        if (Snapshot is null || ReferenceEquals(Snapshot, _observed)) return;
        _observed = Snapshot;
        _names = new DistinctNames(Snapshot.Processes.Select(p => p.Name));
        _sorting.Observe(Snapshot.Processes);
        Commands.Observe(Snapshot.Processes);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) await _keys.AttachAsync(_nav);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Commands.Changed -= OnCommandsChanged;
        return _keys.DisposeAsync();
    }

    private void OnCommandsChanged() => InvokeAsync(StateHasChanged);

    private bool Shows(string name) => _filter.Length == 0 || name.Contains(_filter, StringComparison.OrdinalIgnoreCase);

    private void Narrow(string? filter) => _filter = filter ?? "";

    // What a filter finds is shown, whether its group is closed or not.
    private bool IsOpen(ProcessSection section) => _filter.Length > 0 || Only is not null || !Closed.Contains(section.Title!);

    private Task ToggleAsync(ProcessSection section) => ClosedChanged.InvokeAsync(
        Closed.Contains(section.Title!) ? Closed.Where(t => t != section.Title).ToHashSet() : Closed.Append(section.Title!).ToHashSet());

    private Task ClickAsync(string name, MouseEventArgs e)
    {
        if (e.Detail == 2) return name == Procfile.SystemProcess ? Task.CompletedTask : ShowDetails.InvokeAsync(name);
        if (e.Detail > 2) return Task.CompletedTask;
        var list = Listed.Select(p => p.Name).Append(Procfile.SystemProcess).ToList();
        var chosen = e.ShiftKey && _anchor is { } anchor ? Selection.Extend(anchor, name, list)
            : e.CtrlKey || e.MetaKey || e.ShiftKey ? Selection.Toggle(name)
            : Selection.Click(name);
        if (!e.ShiftKey) _anchor = name;
        return SelectionChanged.InvokeAsync(chosen);
    }

    private Task ShowAsync(string name, bool shown) => SelectionChanged.InvokeAsync(Selection.Shown(name, shown, Names));

    private void OpenMenu(string name, MouseEventArgs at) => _menu.Open(name, [.. Entries(name)], at);

    private IEnumerable<MenuEntry?> Entries(string name)
    {
        if (Processes.FirstOrDefault(p => p.Name == name) is { } process)
        {
            foreach (var entry in CommandEntries(process)) yield return entry;
            yield return null;
            yield return new("Details", "details", () => ShowDetails.InvokeAsync(name)) { Icon = Icons.Material.Outlined.Info };
        }

        var isAlone = Selection.Selected.Count == 1 && Selection.Selected.Contains(name);
        yield return new(isAlone ? "Show all" : "Show only this", "focus", () => SelectionChanged.InvokeAsync(Selection.Click(name)))
        {
            Icon = Icons.Material.Filled.CenterFocusStrong,
        };
        if (ShowBeside.HasDelegate)
            yield return new("Show beside", "beside", () => ShowBeside.InvokeAsync(name)) { Icon = Icons.Material.Outlined.VerticalSplit };
        var shown = Selection.Shows(name);
        yield return new(shown ? "Hide output" : "Show output", "show", () => ShowAsync(name, !shown))
        {
            Icon = shown ? Icons.Material.Filled.VisibilityOff : Icons.Material.Filled.Visibility,
        };
        yield return null;
        yield return new("Clear output", "clear", () => Clear.ClearAsync(name)) { Icon = Icons.Material.Filled.ClearAll };
        if (name == Procfile.SystemProcess) yield break; // the daemon has no failure declarations of its own
        foreach (var entry in SettingEntries(name)) yield return entry;
    }

    private IEnumerable<MenuEntry?> CommandEntries(ProcessInfo process)
    {
        var alive = Snapshot is { DaemonAlive: true };
        yield return Command("Start", CommandKind.Start, Icons.Material.Filled.PlayArrow, Commands.CanStart(process));
        yield return Command("Restart", CommandKind.Restart, Icons.Material.Filled.Refresh, Commands.CanRestart(process));
        yield return Command("Stop", CommandKind.Stop, Icons.Material.Filled.Stop, Commands.CanStop(process));
        yield return Command("Kill", CommandKind.Kill, Icons.Material.Outlined.Dangerous, ProcessCommands.CanKill(process));

        MenuEntry Command(string text, CommandKind kind, string icon, bool can) =>
            new(text, kind.ToText(), () => Commands.SendAsync(kind, process.Name)) { Icon = icon, IsDisabled = !alive || !can };
    }

    private IEnumerable<MenuEntry?> SettingEntries(string name)
    {
        string[] processes = [.. Processes.Select(p => p.Name)];
        yield return new("Failure declarations…", "failures", () => Dialogs.ShowAsync(name, processes)) { Icon = Icons.Material.Filled.ReportGmailerrorred };
        yield return new("Scale…", "scale", () => DialogService.ShowAsync<ScaleDialog>("Scale", ScaleDialog.Options))
        {
            Icon = Icons.Material.Outlined.DynamicFeed,
            IsDisabled = Snapshot is not { DaemonAlive: true },
        };
        yield return new("Environment…", "environment", () => ExplainAsync(name)) { Icon = Icons.Material.Outlined.Article };
        var declarations = Desk.Read().For(name);
        if (declarations.Count > 0) yield return null;
        foreach (var (i, declaration) in declarations.Index())
        {
            yield return new($"Remove: {declaration.Pattern}", $"remove-{i}", () => Desk.RemoveAsync(name, declaration))
            {
                Icon = Icons.Material.Filled.DeleteOutline,
            };
        }
    }

    private Task ExplainAsync(string name)
    {
        Navigation.NavigateTo(EnvironmentAddress.Of(Navigation.Uri, name));
        return Task.CompletedTask;
    }
}
