using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Web.Components.Frames;

namespace OvermindGui.Web.Components.Processes;

/// <summary>Sends commands to processes for one open page, reports their outcome, and knows which are under way.</summary>
public sealed class ProcessCommands(CommandClient commands, ISnackbar snackbar, TimeProvider time) : IDisposable
{
    // A stop takes up to 5 s before the process group is killed, a restart that and a start.
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(15);

    // The state that a command made comes by another way than its outcome, and a little later.
    private static readonly TimeSpan StateTimeout = TimeSpan.FromSeconds(1);

    private readonly Lifetime _lifetime = new();
    private readonly Dictionary<string, Pending> _pending = [];
    private readonly Dictionary<string, ProcessInfo> _known = [];

    /// <summary>A command has begun or ended.</summary>
    public event Action? Changed;

    /// <summary>Whether a command to this process is running; its buttons are then disabled.</summary>
    public bool IsBusy(string process) => _pending.ContainsKey(process);

    /// <summary>Whether it can be started now.</summary>
    public bool CanStart(ProcessInfo process) => !IsBusy(process.Name) && !process.State.IsUp();

    /// <summary>Whether it can be restarted now.</summary>
    public bool CanRestart(ProcessInfo process) => !IsBusy(process.Name) && process.State != ProcessState.Stopping;

    /// <summary>Whether it can be stopped now. One that waits for its start or restart is kept from it by a stop.</summary>
    public bool CanStop(ProcessInfo process) => !IsBusy(process.Name) && (process.RestartAt is not null
        || process.State is ProcessState.Running or ProcessState.Starting or ProcessState.Waiting or ProcessState.CrashLoop);

    /// <summary>Whether it can be killed: also while a stop is under way, which is when it is wanted.</summary>
    public static bool CanKill(ProcessInfo process) => process.State.IsUp();

    /// <summary>Takes note of a snapshot: a command is over for the page when the state that it made is shown.</summary>
    public void Observe(IEnumerable<ProcessInfo> processes)
    {
        foreach (var process in processes)
        {
            var state = process with { LineCount = 0 };
            if (_known.TryGetValue(process.Name, out var before) && before != state && _pending.TryGetValue(process.Name, out var pending))
                pending.StateChanged.TrySetResult();
            _known[process.Name] = state;
        }
    }

    /// <summary>Asks the daemon, and returns when the page shows what became of it.</summary>
    public async Task SendAsync(CommandKind kind, string process)
    {
        var pending = Begin(process);
        try
        {
            var outcome = await commands.SendAsync(kind, process, CommandTimeout, _lifetime.Token);
            if (outcome.Succeeded) snackbar.Add(outcome.Message, Severity.Success, options => options.VisibleStateDuration = 2_500);
            else snackbar.Add($"{kind} {process}: {outcome.Message}", Severity.Error);
            // Until the new state is shown, or buttons would light up for the moment between.
            if (outcome.Succeeded) await Task.WhenAny(pending.StateChanged.Task, Task.Delay(StateTimeout, time, _lifetime.Token));
        }
        catch (OperationCanceledException) when (_lifetime.IsOver)
        {
            // the page is gone; the daemon carries it out all the same
        }
        finally
        {
            End(process, pending);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lifetime.Dispose();
    }

    private Pending Begin(string process)
    {
        var pending = new Pending();
        _pending[process] = pending;
        Changed?.Invoke();
        return pending;
    }

    private void End(string process, Pending pending)
    {
        if (_pending.TryGetValue(process, out var current) && current == pending) _pending.Remove(process);
        Changed?.Invoke();
    }

    private sealed class Pending
    {
        public TaskCompletionSource StateChanged { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
