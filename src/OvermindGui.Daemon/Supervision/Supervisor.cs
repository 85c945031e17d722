using OvermindGui.Core.Processes;

namespace OvermindGui.Daemon.Supervision;

/// <summary>All processes of the folder. Commands to different ones run side by side.</summary>
internal sealed class Supervisor(IReadOnlyList<SupervisedProcess> processes) : ISupervisor
{
    /// <summary>What a process does is its own affair: only we fail, when what follows from its failures cannot be done.</summary>
    public Task Failed { get; private set; } = new TaskCompletionSource().Task;

    public Task StartAllAsync()
    {
        Failed = RecoverAsync();
        return Task.WhenAll(processes.Select(p => p.StartAsync("daemon start")));
    }

    public async Task<CommandOutcome> ExecuteAsync(CommandKind kind, string? name)
    {
        if (name is null)
        {
            var outcomes = await Task.WhenAll(processes.Select(p => ExecuteAsync(kind, p)));
            return new CommandOutcome(outcomes.All(o => o.Succeeded), string.Join('\n', outcomes.Select(o => o.Message)));
        }

        return processes.FirstOrDefault(p => p.Name == name) is { } process
            ? await ExecuteAsync(kind, process)
            : new CommandOutcome(false, $"Unknown process: {name} (known: {string.Join(", ", processes.Select(p => p.Name))})");
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(processes.Select(p => p.DisposeAsync().AsTask()));

    // Ends when all are disposed of, or at the first fault.
    private async Task RecoverAsync()
    {
        await foreach (var ended in Task.WhenEach([.. processes.Select(p => p.RecoverAsync())])) await ended;
    }

    private static Task<CommandOutcome> ExecuteAsync(CommandKind kind, SupervisedProcess process) => kind switch
    {
        CommandKind.Start => process.StartAsync("start"),
        CommandKind.Stop => process.StopAsync(),
        CommandKind.Restart => process.RestartAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no command to a process"),
    };
}
