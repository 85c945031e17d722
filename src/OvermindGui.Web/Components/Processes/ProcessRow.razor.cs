using Microsoft.AspNetCore.Components;
using MudBlazor;
using OvermindGui.Core.Processes;

namespace OvermindGui.Web.Components.Processes;

/// <summary>One process: its name, state and what can be done with it.</summary>
public sealed partial class ProcessRow(CommandClient commands, ISnackbar snackbar, TimeProvider time) : IDisposable
{
    // A stop takes up to 5 s before the process group is killed, a restart that and a start.
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _disposed = new();
    private bool _busy;

    [Parameter, EditorRequired] public required ProcessInfo Process { get; set; }

    [Parameter] public bool DaemonAlive { get; set; }

    [Parameter] public bool Visible { get; set; }

    [Parameter] public EventCallback Toggle { get; set; }

    private TimeProvider Time => time;

    private bool CanAct => DaemonAlive && !_busy;

    private bool CanStart => CanAct && !Process.State.IsUp();

    private bool CanRestart => CanAct && Process.State != ProcessState.Stopping;

    private bool CanStop => CanAct && Process.State is ProcessState.Running or ProcessState.Starting;

    private string Tooltip => Process.Pid is { } pid ? $"PID {pid} – {Process.Command}" : Process.Command;

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private async Task SendAsync(CommandKind kind)
    {
        _busy = true;
        try
        {
            var outcome = await commands.SendAsync(kind, Process.Name, CommandTimeout, _disposed.Token);
            if (!outcome.Succeeded) snackbar.Add($"{kind} {Process.Name}: {outcome.Message}", Severity.Error);
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // the page is gone; the daemon carries it out all the same
        }
        finally
        {
            _busy = false;
        }
    }
}
