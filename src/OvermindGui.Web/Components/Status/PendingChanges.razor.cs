using Microsoft.AspNetCore.Components;
using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Status;

/// <summary>What was changed in the project's files since they were put into force, or why that cannot be done.</summary>
public sealed partial class PendingChanges(CommandClient commands, ISnackbar snackbar)
{
    // A changed process is stopped and started, and may take its stop timeout for it.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private bool _applying;
    private string? _dismissed;

    [Parameter, EditorRequired] public required IReadOnlyList<string> Lines { get; set; }

    // Another change is told again.
    private string Key => string.Join('\n', Lines);

    private bool CanApply => Lines.All(PendingChangesFormatter.IsChange);

    private string Title => CanApply ? "The project's files were changed" : "The project's files were changed and cannot be applied";

    private async Task ApplyAsync()
    {
        _applying = true;
        // Not bound to the page: who closes it has not taken the request back.
        var outcome = await commands.SendAsync(CommandKind.Reload, null, Timeout, CancellationToken.None);
        _applying = false;
        if (outcome.Succeeded) snackbar.Add("Applied the changed files", Severity.Success, options => options.VisibleStateDuration = 2_500);
        else snackbar.Add($"Not applied: {outcome.Message}", Severity.Error);
    }
}
