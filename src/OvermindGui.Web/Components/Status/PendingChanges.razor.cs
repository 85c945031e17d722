using Microsoft.AspNetCore.Components;
using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Status;

/// <summary>What was changed in the project's files since they were applied, or why that cannot be done.</summary>
public sealed partial class PendingChanges(CommandClient commands, ISnackbar snackbar, IDialogService dialogs, PlanReader plans, TimeProvider time)
{
    // A changed process is stopped and started, and may take its stop timeout for it.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    // What has run for longer is not interrupted without a question.
    private static readonly TimeSpan LongRun = TimeSpan.FromHours(1);

    private bool _applying;

    /// <summary>The changes, or why they cannot be applied; null for none.</summary>
    [Parameter, EditorRequired] public required PendingReload? Pending { get; set; }

    /// <summary>What runs now.</summary>
    [Parameter] public IReadOnlyList<ProcessInfo> Processes { get; set; } = [];

    private async Task ApplyAsync()
    {
        var changes = Pending?.Changes ?? [];
        var chosen = NeedsQuestion(changes) ? await AskAsync(changes) : changes;
        if (chosen is not { Count: > 0 }) return;
        _applying = true;
        // Not bound to the page: closing it does not take the request back.
        var subject = chosen.Count == changes.Count ? null : string.Join(',', chosen.Select(c => c.Process));
        var outcome = await commands.SendAsync(CommandKind.Reload, subject, Timeout, CancellationToken.None);
        _applying = false;
        if (outcome.Succeeded) snackbar.Add("Applied the changed files", Severity.Success, options => options.VisibleStateDuration = 2_500);
        else snackbar.Add($"Not applied: {outcome.Message}", Severity.Error);
    }

    // One process alone, on which nothing depends and which has not run for long, is what the button says.
    private bool NeedsQuestion(IReadOnlyList<PendingChange> changes)
    {
        if (changes.Count != 1) return true;
        var change = changes[0];
        if (!change.Interrupts(Processes)) return false;
        var process = Processes.First(p => p.Name == change.Process);
        return time.GetUtcNow() - process.StartedAt > LongRun || plans.Read().Processes.Any(p => p.DependsOn.Any(d => d.Entry == process.Entry));
    }

    private async Task<IReadOnlyList<PendingChange>?> AskAsync(IReadOnlyList<PendingChange> changes)
    {
        var parameters = new DialogParameters<ApplyChangesDialog> { { d => d.Changes, changes }, { d => d.Processes, Processes } };
        var dialog = await dialogs.ShowAsync<ApplyChangesDialog>("Apply the changed files?", parameters, ApplyChangesDialog.Options);
        return await dialog.Result is { Canceled: false, Data: IReadOnlyList<PendingChange> chosen } ? chosen : null;
    }
}
