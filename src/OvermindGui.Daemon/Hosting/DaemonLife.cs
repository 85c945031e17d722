using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Levels;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Control;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;
using OvermindGui.Daemon.Supervision.Failures;

namespace OvermindGui.Daemon.Hosting;

/// <summary>
/// A daemon's life: it starts the processes, waits for a reason to end, and ends. Whatever the reason, the end is one sequence that runs to its
/// last step: no new work, the processes are stopped, their output is read, all of it is recorded and stored. A step that fails, or takes longer
/// than it may, is logged, and the next one follows. Until the processes are stopped nothing needs a file, a query or a lock.
/// </summary>
internal sealed class DaemonLife(
    DaemonStart start, DaemonOptions options, ISupervisor supervisor, CommandDispatcher dispatcher, OrphanTerminator orphans, RunNumbers runs,
    FailureDeclarationStore declarations, ControlService control, ProjectRegistration registration, EventRecorder recorder, BatchWriter writer, ILogger<DaemonLife> logger)
{
    // For steps that have nothing to wait for, on a loaded machine.
    private static readonly TimeSpan ShortStep = TimeSpan.FromSeconds(5);

    // Storing has its own limit, which ends before this one; the loops end beside it.
    private static readonly TimeSpan LastStep = TimeSpan.FromSeconds(40);

    /// <param name="ready">Called once the daemon serves.</param>
    /// <param name="stop">Asks it to end as <c>quit</c> does.</param>
    /// <param name="kill">Asks it, once it ends, to wait for no process any longer.</param>
    /// <returns>What a foreground run ends with.</returns>
    public async Task<int> RunAsync(IHost host, Action ready, CancellationToken stop, CancellationToken kill)
    {
        await using var killing = kill.Register(() => _ = KillAllAsync());
        try
        {
            return await LiveAsync(host, ready, stop);
        }
        finally
        {
            dispatcher.AnswerEnd(new CommandOutcome(false, "The daemon failed; see its log")); // unless it has been answered
            await StepAsync("Closing the socket", control.CloseAsync, ShortStep, []);
        }
    }

    private async Task<int> LiveAsync(IHost host, Action ready, CancellationToken stop)
    {
        try
        {
            await host.StartAsync(CancellationToken.None);
            await StartAsync(stop);
            ready();
            await Task.WhenAny(Task.Delay(Timeout.Infinite, stop), dispatcher.QuitRequested, supervisor.Failed, supervisor.EndedByRule);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // it was to end before it served
        }
        catch (StartupException e)
        {
            foreach (var line in e.Message.Split('\n')) recorder.SystemNotice(line, LineLevel.Error);
            await EndAsync(host, e.Message);
            throw;
        }
        catch (Exception e)
        {
            logger.LogCritical(e, "The daemon failed, and ends");
            recorder.SystemNotice($"The daemon failed ({e.Message}), and ends; details are in its log", LineLevel.Error);
            await EndAsync(host, $"The daemon failed ({e.Message})");
            throw;
        }

        var exitCode = await EndAsync(host, supervisor.Failed.Exception?.GetBaseException().Message);
        if (supervisor.Failed.IsFaulted) await supervisor.Failed;
        return exitCode;
    }

    private async Task StartAsync(CancellationToken stop)
    {
        recorder.SystemNotice($"Daemon {ProductVersion.Text} started with PID {Environment.ProcessId}, {Quantity.Processes(start.Plan.Processes.Count)}");
        if (start.Warning is not null) recorder.SystemNotice(start.Warning, LineLevel.Warn);
        foreach (var problem in PlanMessages.Problems(start.Plan)) recorder.SystemNotice(problem, LineLevel.Warn);
        recorder.SystemNotice($"Exit policy: {start.Plan.Settings.Ends}");
        await declarations.LookAsync(stop);
        var registering = Task.Run(registration.Register, CancellationToken.None);
        await orphans.EndAsync(start.Orphans.ToEnd, "left by a daemon that was killed", start.Plan).WaitAsync(stop);
        await supervisor.StartAllAsync(options.FirstStart, stop);
        await registering;
        control.Open();
        await recorder.StoredAsync(stop);
    }

    /// <param name="failure">What makes it end, other than a request or a rule.</param>
    private async Task<int> EndAsync(IHost host, string? failure)
    {
        var reason = supervisor.EndedByRule.IsCompletedSuccessfully ? await supervisor.EndedByRule : null;
        if (reason is not null) recorder.SystemNotice($"Everything is stopped: {reason}");
        List<string> problems = [];
        await StepAsync("Stopping the processes", supervisor.StopAllAsync, supervisor.StopLimit, problems);
        if (options.Mode == DaemonMode.Native) await StepAsync("Ending what was left", EndRestAsync, StopPolicy.LimitOf(start.Plan.Processes), problems);
        await StepAsync("Answering commands", dispatcher.DrainAsync, ShortStep, problems);

        if (reason is not null) recorder.EndReason(reason, supervisor.HighestExitCode);
        else if (failure is not null) recorder.EndReason(failure, null);
        var outcome = problems.Count == 0
            ? new CommandOutcome(true, "Daemon stopped")
            : new CommandOutcome(false, $"The daemon stopped, but not in order: {string.Join("; ", problems)}");
        dispatcher.RecordEnd(outcome);
        recorder.SystemNotice("Daemon ended");
        recorder.DaemonEnded();
        await StepAsync("Storing", () => host.StopAsync(CancellationToken.None), LastStep, problems);

        if (writer.Failure is { } unstored)
        {
            dispatcher.AnswerEnd(new CommandOutcome(false, $"The daemon stopped, but the rest of the output could not be stored: {unstored.Message}"));
            throw new InvalidOperationException("Storing failed", unstored);
        }

        await StepAsync("Closing the database", () => Task.Run(TruncateLog), ShortStep, problems);
        dispatcher.AnswerEnd(outcome);
        return reason is null ? 0 : supervisor.HighestExitCode;
    }

    private async Task StepAsync(string name, Func<Task> step, TimeSpan limit, List<string> problems)
    {
        try
        {
            await step().WaitAsync(limit);
        }
        catch (Exception e)
        {
            logger.LogError(e, "{Step} failed; the daemon goes on to end", name);
            problems.Add(e is TimeoutException ? $"{name} took longer than {limit.TotalSeconds:0} s" : $"{name} failed: {e.Message}");
            recorder.SystemNotice($"While the daemon ended: {problems[^1]}", LineLevel.Error);
        }
    }

    private async Task KillAllAsync()
    {
        recorder.SystemNotice("Asked to end a second time: what still runs is killed", LineLevel.Warn);
        await StepAsync("Killing the processes", supervisor.KillAllAsync, supervisor.StopLimit, []);
    }

    // Stops every remaining process of our runs, including those that the end of their own process has missed.
    private Task EndRestAsync() =>
        orphans.EndAsync(UnfinishedRuns.Find(options.Folder, runs.ProcessOf), "left by a process that had ended", start.Plan);

    // Leaves a small file to copy. Does not wait for another program that has it open.
    private void TruncateLog()
    {
        using var connection = start.Database.OpenConnection();
        connection.DefaultTimeout = 1;
        WriteAheadLog.Finish(connection, options.Folder.Database + "-wal");
    }
}
