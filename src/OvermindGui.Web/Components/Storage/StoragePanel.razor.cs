using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project;
using OvermindGui.Core.Pruning;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Frames;

namespace OvermindGui.Web.Components.Storage;

/// <summary>The stored output beside the log: its size by process, its limits, which can be changed, and what is deleted next.</summary>
public sealed partial class StoragePanel(
    OvermindDatabase database, RetentionSettings settings, ProjectFolder folder, IDialogService dialogs, ISnackbar snackbar, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(5);

    private readonly PeriodicRefresh _refresh = new(RefreshInterval, time);
    private PruningPlan? _plan;
    private RetentionLimits _limits = RetentionLimits.Default;
    private RetentionLimits _configured = RetentionLimits.Default;
    private string? _problem;
    private bool _working;

    /// <summary>The panel is to be closed.</summary>
    [Parameter] public EventCallback Close { get; set; }

    private ProjectFolder Folder => folder;

    private TimeProvider Time => time;

    protected override Task OnInitializedAsync() => _refresh.RunAsync(RefreshAsync, StateHasChanged);

    /// <inheritdoc/>
    public void Dispose() => _refresh.Dispose();

    private static string Protected(ProcessPruning process) => (process.PinnedLines, process.CrashLines) switch
    {
        (0, 0) => "",
        (var pinned, 0) => $"; {Quantity.Lines(pinned)} pinned or starred",
        (0, var crashes) => $"; {Quantity.Lines(crashes)} kept around crashes and errors",
        var (pinned, crashes) => $"; {Quantity.Lines(pinned)} pinned or starred, {Quantity.Lines(crashes)} around crashes and errors",
    };

    private string Clock(long milliseconds) =>
        TimeZoneInfo.ConvertTime(LineTime.Of(milliseconds), time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private async Task RefreshAsync()
    {
        try
        {
            (_plan, _limits, _configured, _problem) = await Task.Run(Read, _refresh.Gone);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            _problem = $"What is stored cannot be read now: {e.Message}";
        }
    }

    private (PruningPlan? Plan, RetentionLimits Limits, RetentionLimits Configured, string? Problem) Read()
    {
        if (!database.IsReady()) return (null, _limits, _configured, "Nothing is stored yet.");
        using var connection = database.OpenConnection();
        if (!connection.HasTable("retention")) return (null, _limits, _configured, OvermindDatabase.AfterRestart);
        var (limits, configured) = (RetentionSettings.Read(connection), RetentionSettings.ReadConfigured(connection));
        return (PruningPlan.Make(connection, limits.ToRetention(), time.GetUtcNow(), PruningPlan.Slack), limits, configured, null);
    }

    // What cannot be taken back is asked for first.
    private async Task SaveAsync(RetentionLimits changed)
    {
        var keep = changed.Over(_configured).ToRetention();
        var loses = await Task.Run(() => Plan(keep).Processes.Where(p => p.Due > 0).ToList(), _refresh.Gone);
        if (loses.Count > 0)
        {
            var what = string.Join("; ", loses.Select(p => $"{p.Process}: {(p.ForSize > 0 ? "about " : "")}{Quantity.Lines(p.Due)} ({PruningMessages.Reason(p, keep)})"));
            var delete = await dialogs.ShowMessageBoxAsync("Delete stored output?", $"These limits delete {what}.", yesText: $"Delete {Quantity.Lines(loses.Sum(p => p.Due))}", cancelText: "Cancel");
            if (delete is not true) return;
        }

        if (await Task.Run(() => settings.Change(changed), _refresh.Gone)) snackbar.Add("The daemon follows the limits within ten seconds", Severity.Success);
        else snackbar.Add(OvermindDatabase.AfterRestart, Severity.Warning);
        await RefreshAsync();
    }

    private PruningPlan Plan(Retention keep)
    {
        using var connection = database.OpenConnection();
        return PruningPlan.Make(connection, keep, time.GetUtcNow(), PruningPlan.Slack);
    }

    private async Task PruneAsync()
    {
        _working = true;
        var outcome = await PruneRequest.SendAsync(folder, null, _refresh.Gone);
        if (outcome is { Succeeded: true } done) snackbar.Add(done.Message, Severity.Success);
        else snackbar.Add(outcome?.Message ?? "No daemon runs; it deletes what exceeds the limits when it starts", Severity.Warning);
        await RefreshAsync();
        _working = false;
    }
}
