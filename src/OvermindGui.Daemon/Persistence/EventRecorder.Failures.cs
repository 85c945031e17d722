using OvermindGui.Core.Contracts;

namespace OvermindGui.Daemon.Persistence;

internal sealed partial class EventRecorder
{
    private const int LongestText = 1_000;

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
