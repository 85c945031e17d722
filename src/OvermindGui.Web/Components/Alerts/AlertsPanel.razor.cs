using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using MudBlazor;
using OvermindGui.Core.Alerts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Project.Settings;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Failures;
using OvermindGui.Web.Components.Frames;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Alerts;

/// <summary>The alerts: what they are about and do, tests, mutes, and the history of what has fired.</summary>
public sealed partial class AlertsPanel(
    PlanReader plans, DeclarationEditor declarations, OvermindDatabase database, ProjectFolder folder, ISnackbar snackbar, IDialogService dialogs, TimeProvider time) : IDisposable
{
    private const int MostHits = 50;

    private static readonly DialogOptions Form = new() { CloseOnEscapeKey = true, MaxWidth = MaxWidth.Small, FullWidth = true };

    // The settings file may be edited, and alerts may fire, at any time.
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(3);

    private readonly PeriodicRefresh _refresh = new(RefreshInterval, time);
    private IReadOnlyList<AlertRule> _rules = [];
    private IReadOnlyList<string> _problems = [];
    private IReadOnlyList<(string Process, FailureDeclaration Declaration)> _declarations = [];
    private IReadOnlyDictionary<string, DateTimeOffset> _muted = new Dictionary<string, DateTimeOffset>();
    private IReadOnlyList<AlertHitInfo> _hits = [];
    private IReadOnlyList<string> _processes = [];
    private IReadOnlyList<string> _groups = [];
    private string? _problem;
    private bool _isRead;
    private bool _working;

    /// <summary>The panel is to be closed.</summary>
    [Parameter] public EventCallback Close { get; set; }

    protected override Task OnInitializedAsync() => _refresh.RunAsync(RefreshAsync, StateHasChanged);

    /// <inheritdoc/>
    public void Dispose() => _refresh.Dispose();

    private static string Scope(AlertRule rule) => rule switch
    {
        { When: DiskCondition } => "",
        { Processes.Count: 0, Groups.Count: 0 } => "any process",
        _ => string.Join(", ", rule.Processes.Concat(rule.Groups.Select(g => $"group {g}"))),
    };

    private string Clock(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private async Task RefreshAsync()
    {
        try
        {
            var history = new AlertHistory(database);
            var (plan, declared, muted, hits) = await Task.Run(
                () => (plans.Read(), declarations.Read(), history.Muted(time.GetUtcNow()), history.Newest(null, MostHits)), _refresh.Gone);
            (_rules, _muted, _hits, _problem, _isRead) = (plan.Alerts, muted, hits, null, true);
            _processes = [.. plan.Processes.Select(p => p.Entry).Distinct()];
            _groups = [.. plan.Processes.Select(p => p.Group).OfType<string>().Distinct()];
            _problems = [.. plan.Problems.Where(p => p.Place.StartsWith(ProjectSettingsFile.FileName, StringComparison.Ordinal)
                && p.Message.Contains("alert", StringComparison.Ordinal)).Select(p => p.ToString())];
            _declarations = [.. declared.ByProcess.SelectMany(p => p.Value.Select(d => (p.Key, d)))];
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            _problem = $"The alerts cannot be read now: {e.Message}";
        }
    }

    private async Task EditAsync(AlertRule? rule)
    {
        var parameters = new DialogParameters<AlertDialog>
        {
            { d => d.Former, rule is null ? null : AlertDraft.Of(rule) },
            { d => d.Processes, _processes },
            { d => d.Groups, _groups },
        };
        var dialog = await dialogs.ShowAsync<AlertDialog>(rule is null ? "New alert" : "Edit alert", parameters, Form);
        if (await dialog.Result is { Canceled: false }) await RefreshAsync();
    }

    private Task TestAsync(AlertRule rule) => WorkAsync(() => AlertRequest.TestAsync(folder, rule.Name, _refresh.Gone));

    private Task MuteAsync(AlertRule rule, int minutes) => WorkAsync(() => AlertRequest.MuteAsync(folder, rule.Name, minutes, _refresh.Gone));

    private async Task WorkAsync(Func<Task<Core.Control.CommandOutcome>> work)
    {
        _working = true;
        var outcome = await work();
        snackbar.Add(outcome.Message, outcome.Succeeded ? Severity.Info : Severity.Error);
        await RefreshAsync();
        _working = false;
    }
}
