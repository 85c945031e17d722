using Microsoft.AspNetCore.Components;
using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Web.Components.Environments;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Components.Projects;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Hosting;

namespace OvermindGui.Web.Components.Layout;

/// <summary>What entries of the palette change on the page.</summary>
public sealed record PaletteTargets(
    Func<Selection, Task> SelectAsync, Func<string?, Task> ShowPanelAsync, Func<string, Task> SearchAsync, Func<Task> ShowHelpAsync,
    Func<Task> ToggleErrorsAsync)
{
    /// <summary>Shows the starred lines.</summary>
    public Func<Task> ShowStarsAsync { get; init; } = () => Task.CompletedTask;

    /// <summary>Shows only the output of a session.</summary>
    public Func<SessionInfo, Task> ShowSessionAsync { get; init; } = _ => Task.CompletedTask;

    /// <summary>Shows only the lines of a run.</summary>
    public Func<RunInfo, Task> ShowRunAsync { get; init; } = _ => Task.CompletedTask;

    /// <summary>Shows what happened before the end of a run.</summary>
    public Func<RunInfo, Task> ShowBeforeAsync { get; init; } = _ => Task.CompletedTask;

    /// <summary>Shows a line of a process among those around it.</summary>
    public Func<(string Process, long Line), Task> ShowLineAsync { get; init; } = _ => Task.CompletedTask;

    /// <summary>What leads to a time that was typed; null for a text that is none.</summary>
    public Func<string, Task<PageAction?>>? MomentAsync { get; init; }
}

/// <summary>Everything that the page can do beside reading: one list for the menu, the palette and the phone's More.</summary>
public sealed class PageActions(
    IDialogService dialogs, ISnackbar snackbar, PageTheme theme, BrowserShell shell, ProcessCommands commands, ClearWithUndo clear,
    NavigationManager navigation, ExitControl exit, SavedViews views, RunHistory history)
{
    private const int MostRecent = 5;

    private readonly List<string> _searches = []; // newest first

    /// <summary>Rare and dangerous actions last, behind a rule.</summary>
    public IReadOnlyList<PageAction?> Menu(SystemSnapshot? snapshot, Func<Task> help, Func<Task> errors, Func<Task> stars) =>
    [
        .. PageTheme.Choices.Select(c => new PageAction(c.Label, $"theme-{c.Choice}", () => theme.ChooseAsync(c.Choice))
        {
            Icon = theme.Choice == c.Choice ? Icons.Material.Filled.Check : c.Choice switch
            {
                "dark" => Icons.Material.Outlined.DarkMode,
                "light" => Icons.Material.Outlined.LightMode,
                _ => Icons.Material.Outlined.Contrast,
            },
        }),
        null,
        new("Errors", "errors", errors) { Icon = Icons.Material.Outlined.BugReport },
        new("Scale…", "scale", () => dialogs.ShowAsync<ScaleDialog>("Scale", ScaleDialog.Options))
        {
            Icon = Icons.Material.Outlined.DynamicFeed, IsDisabled = snapshot is not { DaemonAlive: true },
        },
        new("Starred lines", "stars", stars) { Icon = Icons.Material.Outlined.StarBorder },
        new("Sessions", "sessions", () => GoToPanel(SidePanel.Sessions)) { Icon = Icons.Material.Outlined.History },
        new("Views", "views", () => GoToPanel(SidePanel.Views)) { Icon = Icons.Material.Outlined.Bookmarks },
        new("Storage", "storage", () => GoToPanel(SidePanel.Storage)) { Icon = Icons.Material.Outlined.Storage },
        new("Environment", "environment", () => Go(EnvironmentAddress.Of(navigation.Uri))) { Icon = Icons.Material.Outlined.Article },
        new("Alerts", "alerts", () => GoToPanel("alerts:all")) { Icon = Icons.Material.Outlined.NotificationsActive },
        new("Projects", "projects", () => { ProjectsAddress.Show(navigation); return Task.CompletedTask; }) { Icon = Icons.Material.Outlined.Apps },
        new("Agents", "agents", () => Go($"agents{new Uri(navigation.Uri).Query}")) { Icon = Icons.Material.Outlined.SmartToy },
        new("API", "api-docs", () => Go("api/docs", leaves: true)) { Icon = Icons.Material.Outlined.Api },
        new(shell.Settings.Notify ? "Stop notifying me of failures" : "Notify me of failures", "notify", NotifyAsync)
        {
            Icon = shell.Settings.Notify ? Icons.Material.Filled.NotificationsActive : Icons.Material.Outlined.NotificationAdd,
        },
        new("Keyboard shortcuts", "shortcuts", help) { Icon = Icons.Material.Outlined.Keyboard, Keys = "?" },
        null,
        new("Clear all output", "clear-everything", () => clear.ClearAsync(null)) { Icon = Icons.Material.Outlined.ClearAll },
        new("Restart dashboard", "restart-ui", () => { exit.Request(WebServerExit.RestartRequested); return Task.CompletedTask; }) { Icon = Icons.Material.Filled.RestartAlt },
        new("Stop everything…", "shutdown", () => AskShutdownAsync(snapshot)) { Icon = Icons.Material.Filled.PowerSettingsNew, IsDangerous = true },
    ];

    /// <summary>Opens the palette.</summary>
    public Task OpenPaletteAsync(SystemSnapshot? snapshot, Selection selection, PaletteTargets targets)
    {
        List<ProcessInfo> processes = [.. (snapshot?.Processes ?? []).OrderBy(p => ProcessPresentation.Of(p).Group == StateGroup.Failed ? 0 : 1)];
        PageAction[] items =
        [
            .. selection.IsEverything ? [] : (PageAction[])[new("Show all processes", "show-everything", () => targets.SelectAsync(Selection.All)) { Icon = Icons.Material.Filled.Visibility, Keys = "Esc" }],
            .. processes.Select(p => Show(p, targets)),
            .. Menu(snapshot, targets.ShowHelpAsync, targets.ToggleErrorsAsync, targets.ShowStarsAsync).OfType<PageAction>(),
            .. processes.SelectMany(p => Of(p, snapshot!, targets)),
            .. HistoryActions.Of(history, targets),
            .. views.Read().Select((view, i) => new PageAction($"View: {view.Name}", $"view-{i}", () => Go($"?{view.Query}")) { Icon = Icons.Material.Outlined.Bookmarks }),
            .. _searches.Select((text, i) => new PageAction($"Search again: {text}", $"again-{i}", () => SearchAsync(text, targets)) { Icon = Icons.Material.Filled.History }),
        ];
        var parameters = new DialogParameters<CommandPalette> { { p => p.Items, items }, { p => p.Search, text => SearchAsync(text, targets) }, { p => p.MomentAsync, targets.MomentAsync } };
        return dialogs.ShowAsync<CommandPalette>("Command palette", parameters, CommandPalette.Options);
    }

    /// <summary>Lists the keys.</summary>
    public Task ShowShortcutsAsync() => dialogs.ShowAsync<ShortcutsDialog>("Keyboard shortcuts", ShortcutsDialog.Options);

    private static PageAction Show(ProcessInfo process, PaletteTargets targets)
    {
        var state = ProcessPresentation.Of(process);
        return new(process.Name, $"go-{process.Name}", () => targets.SelectAsync(Selection.All.Only(process.Name))) { Icon = state.Icon, Tone = state.Tone, Keys = state.Text };
    }

    private IEnumerable<PageAction> Of(ProcessInfo process, SystemSnapshot snapshot, PaletteTargets targets)
    {
        var name = process.Name;
        yield return new($"Details of {name}", $"details-{name}", () => targets.ShowPanelAsync(name)) { Icon = Icons.Material.Outlined.Info };
        yield return new($"Terminal of {name}", $"terminal-{name}", () => targets.ShowPanelAsync($"terminal:{name}")) { Icon = Icons.Material.Outlined.Terminal };
        if (!snapshot.DaemonAlive) yield break;
        if (commands.CanStart(process)) yield return Command("Start", CommandKind.Start, Icons.Material.Filled.PlayArrow);
        if (commands.CanRestart(process)) yield return Command("Restart", CommandKind.Restart, Icons.Material.Filled.Refresh);
        if (commands.CanStop(process)) yield return Command("Stop", CommandKind.Stop, Icons.Material.Filled.Stop);

        PageAction Command(string verb, CommandKind kind, string icon) =>
            new($"{verb} {name}", $"{kind.ToText()}-{name}", () => commands.SendAsync(kind, name)) { Icon = icon };
    }

    private Task SearchAsync(string text, PaletteTargets targets)
    {
        _searches.Remove(text);
        _searches.Insert(0, text);
        if (_searches.Count > MostRecent) _searches.RemoveAt(MostRecent);
        return targets.SearchAsync(text);
    }

    private async Task NotifyAsync()
    {
        var wanted = !shell.Settings.Notify;
        if (wanted && !await shell.AllowNotificationsAsync())
        {
            snackbar.Add("The browser does not allow notifications of this page. Allow them in its site settings.", Severity.Warning);
            return;
        }

        await shell.KeepAsync(shell.Settings with { Notify = wanted });
    }

    private Task GoToPanel(string panel) => Go(navigation.GetUriWithQueryParameter("panel", panel));

    private Task Go(string address, bool leaves = false)
    {
        navigation.NavigateTo(address, forceLoad: leaves);
        return Task.CompletedTask;
    }

    private Task<IDialogReference> AskShutdownAsync(SystemSnapshot? snapshot)
    {
        var parameters = new DialogParameters<ShutdownDialog> { { d => d.Snapshot, snapshot } };
        return dialogs.ShowAsync<ShutdownDialog>("Stop everything?", parameters, ShutdownDialog.Options);
    }
}
