using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>
/// The folder's processes, run by an external overmind: started and ended with it, commanded by its command line, known by what it prints
/// and by its table.
/// </summary>
/// <param name="procfile">Absolute path.</param>
internal sealed partial class OvermindSupervisor(
    OvermindTools tools, ProjectFolder folder, string procfile, TerminalSize windowSize, OvermindClient client, OvermindProcesses processes,
    AsyncLock gate, StateSignal changes, EventRecorder recorder, StopPolicy stopPolicy, TimeProvider time, ILogger<OvermindSupervisor> logger) : ISupervisor, IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StartPollInterval = TimeSpan.FromMilliseconds(250);

    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Failed => _failed.Task;

    /// <summary>Never completes: overmind runs with the option that any process can die.</summary>
    public Task<string> EndedByRule { get; } = new TaskCompletionSource<string>().Task;

    public int HighestExitCode => 0;

    /// <summary>Overmind asks each of its processes twice, and itself takes as long as all of them together.</summary>
    public TimeSpan StopLimit => 2 * stopPolicy.Limit;

    public async Task StartAllAsync(CancellationToken cancellationToken)
    {
        if (await OvermindSocket.RemoveStaleAsync(client, folder))
            recorder.SystemNotice("The socket of an overmind that was killed has been removed");
        var overmind = await LaunchAsync();
        recorder.SystemNotice($"overmind started with PID {overmind.Pid}");
        if (!await AnswersAsync(overmind).WaitAsync(cancellationToken))
            throw new StartupException(overmind.Exited.IsCompleted
                ? string.Join('\n', processes.Complaints.Prepend($"overmind did not start; it {await overmind.Exited}"))
                : $"overmind did not answer within {StartTimeout.TotalSeconds:0} seconds");
        _recovery = RecoverAsync();
        foreach (var process in processes.All.Where(p => !p.IsListed))
            recorder.SystemNotice($"Overmind does not run {process.Name}: {OvermindProcess.WhyNotListed}");
    }

    public async Task<CommandOutcome> ExecuteAsync(CommandKind kind, string? subject, Initiator by)
    {
        if (kind == CommandKind.Kill && subject is null && _isQuitting)
        {
            await KillAllAsync();
            return new CommandOutcome(true, "Killed all");
        }

        if (kind is CommandKind.Kill or CommandKind.Scale or CommandKind.Reload or CommandKind.PreviewReload)
            return new CommandOutcome(false, $"There is no {kind.ToText()} in overmind mode, because overmind cannot do it");
        var (meant, unknown) = NamedProcesses.Select(subject, processes.All, p => p.Name);
        if (unknown is not null) return unknown;
        var outcomes = await Task.WhenAll(meant.Select(p => ExecuteAsync(kind, p, by)));
        return CommandOutcome.Of(outcomes);
    }

    public Task<CommandOutcome> TypeAsync(string process, string text) =>
        Task.FromResult(new CommandOutcome(false, "In overmind mode a process is typed to in its tmux window: overmind connect NAME"));

    private async Task<CommandOutcome> ExecuteAsync(CommandKind kind, OvermindProcess process, Initiator by)
    {
        var outcome = await (kind switch
        {
            CommandKind.Start => process.StartAsync(by),
            CommandKind.Stop => process.StopAsync(),
            CommandKind.Restart => process.RestartAsync(by),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no command to a process"),
        });
        await PollAsync();
        return outcome;
    }

    // Up, with every process that it runs: a page that opens now shows no process as waiting that has been started.
    private async Task<bool> AnswersAsync(ChildProcess overmind)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < StartTimeout && !overmind.Exited.IsCompleted)
        {
            var answered = await PollAsync();
            if (await changes.ReachAsync(() => overmind.Exited.IsCompleted || (answered && HaveBegun()), StartPollInterval))
                return !overmind.Exited.IsCompleted;
        }

        return false;
    }

    private bool HaveBegun() => processes.All.All(p => p.HasBegun);

    /// <summary>Asks overmind for its table; false when it does not answer.</summary>
    private async Task<bool> PollAsync()
    {
        var askedAt = time.GetTimestamp();
        var answer = await client.SendAsync("status");
        if (answer.Problem is { } problem) logger.LogDebug("overmind status: {Problem}", problem);
        else await processes.ObserveAsync(OvermindStatus.Parse(answer.Output), askedAt, _output!.AllReadAt);
        return answer.Problem is null;
    }
}
