using Microsoft.AspNetCore.Components;
using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Web.Components.Menus;

namespace OvermindGui.Web.Components.Processes;

/// <summary>One process: its name, state and what can be done with it.</summary>
public sealed partial class ProcessRow(CommandClient commands, ISnackbar snackbar, TimeProvider time) : IDisposable
{
    // A stop takes up to 5 s before the process group is killed, a restart that and a start.
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(15);

    // The state that a command made comes by another way than its outcome, and a little later.
    private static readonly TimeSpan StateTimeout = TimeSpan.FromSeconds(1);

    // The daemon takes a run that lived longer for a new beginning.
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _disposed = new();
    private TaskCompletionSource? _stateChange;
    private int _underWay;

    [Parameter, EditorRequired] public required ProcessInfo Process { get; set; }

    [Parameter, EditorRequired] public required RowScope Scope { get; set; }

    [Parameter] public bool DaemonAlive { get; set; }

    private TimeProvider Time => time;

    private bool IsBusy => _underWay > 0;

    private bool CanAct => DaemonAlive && !IsBusy;

    private bool CanStart => CanAct && !Process.State.IsUp();

    private bool CanRestart => CanAct && Process.State != ProcessState.Stopping;

    // One that waits for its start or restart is kept from it by a stop.
    private bool CanStop => CanAct && (Process.RestartAt is not null
        || Process.State is ProcessState.Running or ProcessState.Starting or ProcessState.Waiting or ProcessState.CrashLoop);

    // Also while a stop is under way: that is when it is wanted.
    private bool CanKill => DaemonAlive && Process.State.IsUp();

    // A run of a crash loop may live for a while: what is shown of the one before stays, so that it can be read.
    private bool ShowsLastWords => Process.Crashes >= ProcessInfo.CrashLoop && (Process.State is ProcessState.CrashLoop or ProcessState.Starting
        || (Process is { State: ProcessState.Running, StartedAt: { } started } && time.GetUtcNow() - started < SoonAgain));

    private string Tooltip => string.Join(
        '\n', ((string?[])[Process.Pid is { } pid ? $"PID {pid} – {Process.Command}" : Process.Command, Process.Rule]).OfType<string>());

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
        new("Kill", "kill", () => SendAsync(CommandKind.Kill)) { Icon = Icons.Material.Outlined.Dangerous, IsDisabled = !CanKill },
    ];

    private async Task SendAsync(CommandKind kind)
    {
        _underWay++;
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
            _underWay--;
            if (!_disposed.IsCancellationRequested) StateHasChanged();
        }
    }

    private void Tell(CommandKind kind, CommandOutcome outcome)
    {
        if (outcome.Succeeded) snackbar.Add(outcome.Message, Severity.Success, options => options.VisibleStateDuration = 2_500);
        else snackbar.Add($"{kind} {Process.Name}: {outcome.Message}", Severity.Error);
    }
}
