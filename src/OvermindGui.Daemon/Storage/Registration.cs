using Microsoft.Data.Sqlite;
using OvermindGui.Core.Data;
using OvermindGui.Core.Planning;
using OvermindGui.Core.Processes;
using OvermindGui.Core.Procfiles;
using OvermindGui.Daemon.Planning;

namespace OvermindGui.Daemon.Storage;

/// <summary>What the daemon has to know of the database before it serves.</summary>
/// <param name="ProcessIds">Row ids by name: the Procfile's entries, <c>system</c>, and whoever ran here before.</param>
internal sealed record Registration(long DaemonId, IReadOnlyDictionary<string, int> ProcessIds, long LastRunId)
{
    /// <summary>Writes the rows of a starting daemon, in one transaction.</summary>
    /// <param name="adopted">Runs of an earlier daemon that go on.</param>
    public static Registration Write(
        OvermindDatabase database, DaemonRecord daemon, ProjectPlan plan, IReadOnlyList<RunLeft> adopted, TimeProvider time)
    {
        using var connection = database.OpenConnection();
        using var transaction = connection.BeginTransaction();
        RefuseOldCommands(connection, transaction);
        EndOldRuns(connection, transaction, adopted, time);
        ReplaceStatuses(connection, transaction, plan, time);
        var names = plan.Processes.Select(p => p.Name).Append(Procfile.SystemProcess).ToList();
        foreach (var name in names)
            connection.Execute(transaction, "INSERT INTO processes(name, line_count) VALUES ($1, 0) ON CONFLICT DO NOTHING", name);
        connection.Execute(
            transaction,
            """
            INSERT INTO daemons(pid, mode, version, working_directory, started_at, procfile_problems, warning, options)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            daemon.Pid, daemon.Mode, daemon.Version, daemon.WorkingDirectory, daemon.StartedAt, daemon.ProcfileProblems, daemon.Warning,
            daemon.Options);
        transaction.Commit();

        return new Registration(
            (long)connection.Scalar("SELECT max(id) FROM daemons")!,
            connection.Query("SELECT name, id FROM processes", row => (row.GetString(0), row.GetInt32(1))).ToDictionary(),
            (long)connection.Scalar("SELECT coalesce(max(id), 0) FROM runs")!);
    }

    // A click on "restart" from yesterday must not restart anything today.
    private static void RefuseOldCommands(SqliteConnection connection, SqliteTransaction transaction) => connection.Execute(
        transaction,
        """
        UPDATE daemon_commands SET status = 'completed', succeeded = 0, outcome = 'Not carried out: no daemon was running', argument = NULL
        WHERE status = 'pending'
        """);

    // A daemon that was killed could not: when they ended nobody knows, but they did.
    private static void EndOldRuns(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<RunLeft> adopted, TimeProvider time) =>
        connection.Execute(
            transaction, $"UPDATE runs SET ended_at = $1 WHERE ended_at IS NULL AND id NOT IN ({string.Join(", ", adopted.Select(run => run.RunId))})",
            time.Seconds());

    private static void ReplaceStatuses(SqliteConnection connection, SqliteTransaction transaction, ProjectPlan plan, TimeProvider time)
    {
        connection.Execute(transaction, "DELETE FROM process_status");
        foreach (var (position, process) in plan.Processes.Index())
            connection.Execute(transaction, PlanRows.Upsert, PlanRows.Values(process, position, time.Seconds()));
    }
}
