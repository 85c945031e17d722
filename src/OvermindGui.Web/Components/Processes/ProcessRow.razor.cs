using Microsoft.AspNetCore.Components;
using MudBlazor;
using OvermindGui.Core.Processes;
using OvermindGui.Web.Components.Menus;

namespace OvermindGui.Web.Components.Processes;

/// <summary>One process: its name, state and what can be done with it.</summary>
public sealed partial class ProcessRow(CommandClient commands, ISnackbar snackbar, TimeProvider time) : IDisposable
{
    // A stop takes up to 5 s before the process group is killed, a restart that and a start.
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(15);

    // The state that a command made comes by another way than its outcome, and a little later.
    private static readonly TimeSpan StateTimeout = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _disposed = new();
    private TaskCompletionSource? _stateChange;
    private bool _busy;

    [Parameter, EditorRequired] public required ProcessInfo Process { get; set; }

    [Parameter, EditorRequired] public required RowScope Scope { get; set; }

    [Parameter] public bool DaemonAlive { get; set; }

    private TimeProvider Time => time;

    private bool CanAct => DaemonAlive && !_busy;

    private bool CanStart => CanAct && !Process.State.IsUp();

    private bool CanRestart => CanAct && Process.State != ProcessState.Stopping;

    // One that waits for its restart is kept from it by a stop.
    private bool CanStop => CanAct && (Process.State is ProcessState.Running or ProcessState.Starting || Process.RestartAt is not null);

    private string Tooltip => Process.Pid is { } pid ? $"PID {pid} – {Process.Command}" : Process.Command;

    public override Task SetParametersAsync(ParameterView parameters)
    {
        var before = Process;
        var set = base.SetParametersAsync(parameters);
        if (before is not null && !IsSameState(before, Process)) _stateChange?.TrySetResult();
        return set;
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private static bool IsSameState(ProcessInfo one, ProcessInfo other) => one with { LineCount = 0 } == other with { LineCount = 0 };

    private IEnumerable<MenuEntry?> CommandEntries() =>
    [
        new("Start", "start", () => SendAsync(CommandKind.Start)) { Icon = Icons.Material.Filled.PlayArrow, IsDisabled = !CanStart },
        new("Restart", "restart", () => SendAsync(CommandKind.Restart)) { Icon = Icons.Material.Filled.Refresh, IsDisabled = !CanRestart },
        new("Stop", "stop", () => SendAsync(CommandKind.Stop)) { Icon = Icons.Material.Filled.Stop, IsDisabled = !CanStop },
    ];

    private async Task SendAsync(CommandKind kind)
    {
        _busy = true;
        StateHasChanged(); // the menu that asked is another component
        _stateChange = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var outcome = await commands.SendAsync(kind, Process.Name, CommandTimeout, _disposed.Token);
            Tell(kind, outcome);
            // Until it shows what became of it, or buttons would light up for the moment between.
            if (outcome.Succeeded) await Task.WhenAny(_stateChange.Task, Task.Delay(StateTimeout, time, _disposed.Token));
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // the page is gone; the daemon carries it out all the same
        }
        finally
        {
            _busy = false;
            if (!_disposed.IsCancellationRequested) StateHasChanged();
        }
    }

    private void Tell(CommandKind kind, CommandOutcome outcome)
    {
        if (outcome.Succeeded) snackbar.Add(outcome.Message, Severity.Success, options => options.VisibleStateDuration = 2_500);
        else snackbar.Add($"{kind} {Process.Name}: {outcome.Message}", Severity.Error);
    }
}
