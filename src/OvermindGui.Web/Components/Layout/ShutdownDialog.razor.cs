using Microsoft.AspNetCore.Components;
using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Hosting;

namespace OvermindGui.Web.Components.Layout;

/// <summary>Says what would end, and ends it: processes, daemon, dashboard, in this order.</summary>
public sealed partial class ShutdownDialog
{
    private bool _working;
    private string? _failure;

    /// <summary>How it opens.</summary>
    public static DialogOptions Options { get; } = new() { CloseOnEscapeKey = true };

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter] public SystemSnapshot? Snapshot { get; set; }

    [Inject] private CommandClient Commands { get; set; } = null!;

    [Inject] private ExitControl Exit { get; set; } = null!;

    private string What => Snapshot is not { DaemonAlive: true } ? "No daemon is running. This ends the dashboard." : Running switch
    {
        0 => "This ends the daemon and the dashboard. No process is running.",
        1 => "This ends 1 running process, the daemon and the dashboard.",
        var n => $"This ends {n} running processes, the daemon and the dashboard.",
    };

    private IReadOnlyList<string> Ends => [.. (Snapshot?.Processes ?? []).Where(p => p.State.IsUp()).Select(p => p.Name)];

    private int Running => Ends.Count;

    private async Task ShutDownAsync()
    {
        (_working, _failure) = (true, null);
        StateHasChanged();
        // Not bound to this page: closing the tab must not leave the cascade half done.
        var outcome = Snapshot is { DaemonAlive: true }
            ? await Commands.QuitAsync(CancellationToken.None)
            : new CommandOutcome(true, "");
        if (outcome.Succeeded)
        {
            Dialog.Close(); // nothing answers it any more, and what it covers can still be read
            Exit.Request(WebServerExit.ShutDown);
            return;
        }

        (_working, _failure) = (false, outcome.Message);
    }
}
