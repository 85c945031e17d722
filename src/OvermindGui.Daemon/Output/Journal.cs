using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Data;
using OvermindGui.Core.Output;
using OvermindGui.Core.Processes;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Daemon.Output;

/// <summary>What the daemon records beside output: runs, states, outcomes and its own words, in one order with the lines.</summary>
internal sealed class Journal(StoreQueue queue, int systemProcessId, long daemonId, TimeProvider time)
{
    /// <summary>A line of the daemon's own about a process, in that process's log.</summary>
    public ValueTask NoticeAsync(RunIdentity run, string text) => NoticeAsync(run.ProcessId, run.RunId, text);

    /// <summary>A line of the daemon's own about itself, in the row <c>system</c>.</summary>
    public ValueTask SystemNoticeAsync(string text) => NoticeAsync(systemProcessId, null, text);

    public ValueTask RunStartedAsync(RunIdentity identity, int pid, string cause, int restartNumber, double startedAt) =>
        ChangeAsync(context =>
        {
            context.Runs.Add(new Run
            {
                Id = identity.RunId,
                ProcessId = identity.ProcessId,
                DaemonId = daemonId,
                Pid = pid,
                StartedAt = startedAt,
                Cause = cause,
                RestartNumber = restartNumber,
            });
            context.SaveChanges();
            context.ChangeTracker.Clear();
        });

    public ValueTask RunEndedAsync(RunIdentity identity, ExitStatus exit) =>
        ChangeAsync(context => context.Runs.Where(r => r.Id == identity.RunId).ExecuteUpdate(
            set => set.SetProperty(r => r.EndedAt, time.Seconds()).SetProperty(r => r.ExitCode, exit.Code)));

    public ValueTask StatusAsync(string process, StatusUpdate update)
    {
        var now = time.Seconds();
        return ChangeAsync(context => context.Statuses.Where(s => s.ProcessName == process).ExecuteUpdate(set => set
            .SetProperty(s => s.Status, update.State.ToText())
            .SetProperty(s => s.Pid, update.Pid)
            .SetProperty(s => s.RunId, update.RunId)
            .SetProperty(s => s.StartedAt, update.StartedAt)
            .SetProperty(s => s.ExitCode, update.Exit == null ? null : update.Exit.Value.Code)
            .SetProperty(s => s.UpdatedAt, now)));
    }

    public ValueTask CommandCompletedAsync(long id, CommandOutcome outcome) =>
        ChangeAsync(context => context.Commands.Where(c => c.Id == id).ExecuteUpdate(set => set
            .SetProperty(c => c.Status, DaemonCommand.Completed)
            .SetProperty(c => c.Succeeded, outcome.Succeeded)
            .SetProperty(c => c.Outcome, outcome.Message)));

    public ValueTask DaemonEndedAsync() =>
        ChangeAsync(context => context.Daemons.Where(d => d.Id == daemonId).ExecuteUpdate(
            set => set.SetProperty(d => d.EndedAt, time.Seconds())));

    private ValueTask NoticeAsync(int processId, long? runId, string text) =>
        queue.EnqueueAsync(new LineBatch(processId, runId, LineSource.Notice, time.Milliseconds(), [StyledLine.Plain(text)]));

    private ValueTask ChangeAsync(Action<OvermindDbContext> apply) => queue.EnqueueAsync(new TableChange(apply));
}

/// <summary>The columns of <c>process_status</c> that change.</summary>
internal sealed record StatusUpdate(ProcessState State, int? Pid, long? RunId, double? StartedAt, ExitStatus? Exit);
