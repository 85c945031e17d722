using Microsoft.AspNetCore.Components;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Web.Configuration;

namespace OvermindGui.Web.Components.Status;

/// <summary>What has to be known before the output makes sense.</summary>
public sealed partial class StatusBanners : IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private bool _starting;
    private string? _failure;

    [Parameter, EditorRequired] public required SystemSnapshot Snapshot { get; set; }

    [Inject] private WebServerOptions Options { get; set; } = null!;

    [Inject] private ProjectFolder Folder { get; set; } = null!;

    private string ProblemsTitle => Snapshot.Processes.Count == 0
        ? "The Procfile cannot be used"
        : "Some lines of the Procfile cannot be used";

    private string ProblemsSummary => Snapshot.ProcfileProblems is [var only] ? only : $"{Snapshot.ProcfileProblems[0]} and {Snapshot.ProcfileProblems.Count - 1} more";

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private async Task StartAsync()
    {
        (_starting, _failure) = (true, null);
        try
        {
            _failure = await Options.DaemonLauncher!.StartAsync(Folder, _disposed.Token);
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // the page is gone; the daemon starts all the same
        }
        finally
        {
            _starting = false;
        }
    }
}
