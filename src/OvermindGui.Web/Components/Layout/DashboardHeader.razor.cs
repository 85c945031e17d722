using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Hosting;

namespace OvermindGui.Web.Components.Layout;

/// <summary>What concerns the whole: where we are, whether it lives, and the end of it.</summary>
public sealed partial class DashboardHeader
{
    [Parameter] public SystemSnapshot? Snapshot { get; set; }

    [Parameter] public EventCallback ToggleDrawer { get; set; }

    [CascadingParameter] public required MainLayout Layout { get; set; }

    [Inject] private ProjectFolder Folder { get; set; } = null!;

    [Inject] private ExitControl Exit { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    private bool Alive => Snapshot is { DaemonAlive: true };

    private string LiveText => Alive ? $"Live: the daemon is running (PID {Snapshot!.DaemonPid})" : "The daemon is not running";

    private string ThemeText => Layout.IsDark ? "Switch to the light theme" : "Switch to the dark theme";

    private string StoredSize => (Snapshot?.StoredBytes ?? 0) switch
    {
        >= 1 << 30 and var bytes => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 30):0.0} GB on disk"),
        var bytes => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0.0} MB on disk"),
    };

    private string LineCount => (Snapshot?.LineCount ?? 0).ToString("N0", CultureInfo.InvariantCulture);

    private void Restart() => Exit.Request(WebServerExit.RestartRequested);

    private async Task AskShutdownAsync()
    {
        var parameters = new DialogParameters<ShutdownDialog> { { d => d.Snapshot, Snapshot } };
        await Dialogs.ShowAsync<ShutdownDialog>("Shut everything down?", parameters, new DialogOptions { CloseOnEscapeKey = true });
    }
}
