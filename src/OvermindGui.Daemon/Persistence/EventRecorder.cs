using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Daemon.Persistence;

/// <summary>Records everything except output: runs, states, outcomes and notices, in one order with the lines.</summary>
internal sealed class EventRecorder(WriteQueue queue, int systemProcessId, long daemonId, TimeProvider time)
{
    private const int LongestText = 1_000;

    /// <summary>A line of the daemon's own about a process, in that process's log.</summary>
    public void Notice(RunIdentity run, string text, LineLevel level = LineLevel.None) => Notice(run.ProcessId, run.RunId, text, level);

    /// <summary>A line of the daemon's own about itself, in the row <c>system</c>.</summary>
    public void SystemNotice(string text, LineLevel level = LineLevel.None) => Notice(systemProcessId, null, text, level);

    public void RunStarted(RunIdentity run, int pid, string cause, Initiator startedBy, int restartNumber, double startedAt) => queue.Enqueue(
        new RowChange(
            """
            INSERT OR REPLACE INTO runs(id, process_id, daemon_id, pid, started_at, cause, restart_number, started_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            run.RunId, run.ProcessId, daemonId, pid, startedAt, cause, restartNumber, startedBy.ToString())
        { About = $"run of {run.ProcessId}" });

    /// <param name="exit">Null when the exit status is unknown.</param>
    public void RunEnded(RunIdentity run, ExitStatus? exit) => queue.Enqueue(
        new RowChange("UPDATE runs SET ended_at = $2, exit_code = $3 WHERE id = $1", run.RunId, time.Seconds(), exit?.Code)
        {
            About = $"run of {run.ProcessId}, ended",
        });

    /// <summary>Called with each state that is recorded; must not wait.</summary>
    public Action<string, StatusUpdate>? StatusObserved { get; set; }

    public void Status(string process, StatusUpdate update)
    {
        StatusObserved?.Invoke(process, update);
        queue.Enqueue(
        new RowChange(
            """
            UPDATE process_status SET status = $2, pid = $3, run_id = $4, started_at = $5, exit_code = $6, updated_at = $7, restart_at = $8,
              reason = $9, crashes = $10, ready = $11, healthy = $12, listening = CASE WHEN $3 IS NOT NULL AND run_id IS $4 THEN listening END,
              waiting_for_input = CASE WHEN $3 IS NOT NULL AND run_id IS $4 THEN waiting_for_input END,
              attached = CASE WHEN $3 IS NOT NULL AND run_id IS $4 THEN attached END
            WHERE process_name = $1
            """,
            process, update.State.ToText(), update.Pid, update.RunId, update.StartedAt, update.Exit?.Code, time.Seconds(), update.RestartAt,
            update.Reason, update.Crashes, update.Ready, update.Healthy)
        { About = $"state of {process}" });
    }

    /// <param name="listening">As <see cref="ListeningPort.Text"/> writes it; null for none.</param>
    public void Listening(string process, long run, string? listening) => queue.Enqueue(
        new RowChange("UPDATE process_status SET listening = $3 WHERE process_name = $1 AND run_id = $2", process, run, listening) { About = $"ports of {process}" });

    /// <summary>What follows from the plan of a process, be it new or changed.</summary>
    public void Plan(PlannedProcess plan, int position) =>
        queue.Enqueue(new RowChange(PlanRows.Upsert, PlanRows.Values(plan, position, time.Seconds())) { About = PlanOf(plan.Name) });

    /// <summary>A process is none any more; what it printed stays.</summary>
    public void Forget(string process) =>
        queue.Enqueue(new RowChange("DELETE FROM process_status WHERE process_name = $1", process) { About = PlanOf(process) });

    /// <summary>When the schedule of a process starts it next, Unix seconds; null without a schedule.</summary>
    public void NextRun(string process, double? at) => queue.Enqueue(
        new RowChange("UPDATE process_status SET next_run = $2 WHERE process_name = $1", process, at) { About = $"next run of {process}" });

    /// <summary>What the processes are planned by.</summary>
    public void Options(PlanOptions options) =>
        queue.Enqueue(new RowChange("UPDATE daemons SET options = $2 WHERE id = $1", daemonId, PlanOptionsJson.Write(options)) { About = "options" });

    /// <summary>The limits of stored output that options and files set.</summary>
    public void Limits(RetentionLimits limits) =>
        queue.Enqueue(new RowChange("INSERT INTO retention(id, configured) VALUES (1, $1) ON CONFLICT DO UPDATE SET configured = $1", limits.Write()) { About = "limits" });

    /// <summary>What is wrong in the project's files, but keeps nothing else from running.</summary>
    public void Problems(IReadOnlyList<string> problems) => queue.Enqueue(new RowChange(
        "UPDATE daemons SET procfile_problems = $2 WHERE id = $1", daemonId, problems.Count > 0 ? string.Join('\n', problems) : null)
    { About = "problems" });

    /// <summary>What a reload would change; null for nothing.</summary>
    public void Pending(PendingReload? pending) =>
        queue.Enqueue(new RowChange("UPDATE daemons SET pending_changes = $2 WHERE id = $1", daemonId, pending?.Write()) { About = "pending" });

    /// <summary>Records that the daemon ends on its own.</summary>
    /// <param name="exitCode">What a foreground run ends with by its rule; null when the daemon failed.</param>
    public void EndReason(string reason, int? exitCode) =>
        queue.Enqueue(new RowChange("UPDATE daemons SET end_reason = $2, exit_code = $3 WHERE id = $1", daemonId, reason, exitCode));

    public void CommandCompleted(long id, CommandOutcome outcome) => queue.Enqueue(
        new RowChange(
            // What was typed may be a password: it is not kept.
            "UPDATE daemon_commands SET status = $2, succeeded = $3, outcome = $4, argument = NULL WHERE id = $1",
            id, DaemonCommand.Completed, outcome.Succeeded, outcome.Message));

    /// <summary>A command that came without a row, and what came of it. What was typed may be a password: it is not kept.</summary>
    public void Command(CommandRequest request, double askedAt, CommandOutcome outcome) => queue.Enqueue(
        new RowChange(
            """
            INSERT INTO daemon_commands(command, process_name, timestamp, status, succeeded, outcome, requested_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            request.Kind.ToText(), request.Subject, askedAt, DaemonCommand.Completed, outcome.Succeeded, outcome.Message,
            request.RequestedBy.ToString()));

    /// <summary>Within how many seconds a process is stopped.</summary>
    public void StopLimit(TimeSpan limit) =>
        queue.Enqueue(new RowChange("UPDATE daemons SET stop_limit = $2 WHERE id = $1", daemonId, limit.TotalSeconds) { About = "stop limit" });

    public void DaemonEnded() => queue.Enqueue(
        new RowChange("UPDATE daemons SET ended_at = $2 WHERE id = $1", daemonId, time.Seconds()));

    /// <summary>Requests a check of the database after a reader failed to read it.</summary>
    public void Inspect() => queue.Enqueue(new Inspection());

    /// <summary>Completes once everything recorded before can be read by others.</summary>
    public Task StoredAsync(CancellationToken cancellationToken) => queue.StoredAsync(cancellationToken);

    private static string PlanOf(string process) => $"plan of {process}"; // before its state

    private void Notice(int processId, long? runId, string text, LineLevel level) =>
        queue.Enqueue(new LineBatch(processId, runId, LineSource.Notice, time.Milliseconds(), [StyledLine.Plain(text)])
        {
            Traits = [new LineTraits(level, Continues: false)],
        });

    /// <summary>Records that a line matched a failure declaration.</summary>
    /// <param name="text">The whole line.</param>
    /// <param name="at">Time in Unix milliseconds.</param>
    /// <param name="outcome">Readable text: what happens as a result.</param>
    public void Failure(RunIdentity run, string pattern, FailureAction action, string text, long at, string outcome) => queue.Enqueue(
        new RowChange(
            // The line is stored, but only the writer knows its id. It is the first one of this text since then; one that was changed later
            // keeps its old time. The bound keeps the search short when another change has come over it.
            $"""
            INSERT INTO failure_hits(process_id, run_id, line_id, pattern, text, time, action, outcome)
            WITH candidates(id, time) AS (
              SELECT id, time FROM lines
              WHERE process_id = $1 AND id > (SELECT max(id) FROM lines) - 10000 AND run_id = $2 AND text = $4)
            SELECT $1, $2,
              coalesce((SELECT min(id) FROM candidates WHERE time >= $5 * 1000 - 0.5), (SELECT max(id) FROM candidates)),
              $3, substr($4, 1, {LongestText}), $5, $6, $7
            """,
            run.ProcessId, run.RunId, pattern, text, at / 1000.0,
            action.ToText(), outcome));

    /// <summary>What came of the hit that ended a run.</summary>
    public void FailureOutcome(RunIdentity run, string outcome) => queue.Enqueue(
        new RowChange(
            $"UPDATE failure_hits SET outcome = $2 WHERE process_id = $3 AND run_id = $1 AND action = '{FailureAction.Restart.ToText()}'",
            run.RunId, outcome, run.ProcessId));
}

/// <summary>The columns of <c>process_status</c> that change.</summary>
internal sealed record StatusUpdate(ProcessState State, int? Pid, long? RunId, double? StartedAt, ExitStatus? Exit)
{
    /// <summary>When it is started again, Unix seconds.</summary>
    public double? RestartAt { get; init; }

    /// <summary>Readable text: why it is in this state; null when the state is self-explanatory.</summary>
    public string? Reason { get; init; }

    /// <summary>Number of consecutive unexpected exits.</summary>
    public int Crashes { get; init; }

    /// <summary>Whether its ready check has passed; null without one.</summary>
    public bool? Ready { get; init; }

    /// <summary>Whether its liveness check passes; null without one.</summary>
    public bool? Healthy { get; init; }
}
