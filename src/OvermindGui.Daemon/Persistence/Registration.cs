using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Project.Procfiles;
using OvermindGui.Core.Storage;

namespace OvermindGui.Daemon.Persistence;

/// <summary>What the daemon must know about the database before it serves.</summary>
/// <param name="ProcessIds">Row ids by name: Procfile entries, <c>system</c>, and all processes that ran here before.</param>
internal sealed record Registration(long DaemonId, ConcurrentDictionary<string, int> ProcessIds, long LastRunId, DaemonRecord Daemon, ProjectPlan Plan)
{
    /// <summary>When the newest line of earlier daemons was written; null when there is none.</summary>
    public DateTimeOffset? NewestLine { get; init; }

    public int SystemProcessId => ProcessIds[Procfile.SystemProcess];

    /// <summary>The row id of a process. A new process gets its id here, and its row is queued before its first line.</summary>
    public int IdOf(string process, WriteQueue queue)
    {
        lock (ProcessIds)
        {
            if (ProcessIds.TryGetValue(process, out var known)) return known;
            var id = ProcessIds.Values.Max() + 1;
            ProcessIds[process] = id;
            queue.Enqueue(new RowChange("INSERT INTO processes(id, name, line_count) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING", id, process));
            return id;
        }
    }

    /// <summary>The same rows in another database, where they are missing.</summary>
    public void Repeat(SqliteConnection connection, TimeProvider time)
    {
        foreach (var (name, id) in ProcessIds)
            connection.Execute(null, "INSERT INTO processes(id, name, line_count) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING", id, name);
        InsertDaemon(connection, null, DaemonId, Daemon);
        UpsertPlan(connection, null, Plan, time);
    }

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
        InsertDaemon(connection, transaction, id: null, daemon);
        DatabaseIdentity.Ensure(connection, transaction, database.Folder.Database);
        transaction.Commit();

        return new Registration(
            (long)connection.Scalar("SELECT max(id) FROM daemons")!,
            new(connection.Query("SELECT name, id FROM processes", row => (row.GetString(0), row.GetInt32(1))).ToDictionary()),
            (long)connection.Scalar("SELECT coalesce(max(id), 0) FROM runs")!, daemon, plan)
        {
            NewestLine = connection.Scalar("SELECT time FROM lines ORDER BY id DESC LIMIT 1") is long newest
                ? DateTimeOffset.FromUnixTimeMilliseconds(newest)
                : null,
        };
    }

    private static void InsertDaemon(SqliteConnection connection, SqliteTransaction? transaction, long? id, DaemonRecord daemon) => connection.Execute(
        transaction,
        """
        INSERT OR IGNORE INTO daemons(id, pid, mode, version, working_directory, started_at, procfile_problems, warning, options)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        id, daemon.Pid, daemon.Mode, daemon.Version, daemon.WorkingDirectory, daemon.StartedAt, daemon.ProcfileProblems, daemon.Warning,
        daemon.Options);

    // A click on "restart" from yesterday must not restart anything today.
    private static void RefuseOldCommands(SqliteConnection connection, SqliteTransaction transaction) => connection.Execute(
        transaction,
        """
        UPDATE daemon_commands SET status = 'completed', succeeded = 0, outcome = 'Not carried out: no daemon was running', argument = NULL
        WHERE status = 'pending'
        """);

    // A daemon that was killed could not end its runs. The time of their end is unknown; use now.
    private static void EndOldRuns(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<RunLeft> adopted, TimeProvider time) =>
        connection.Execute(
            transaction, $"UPDATE runs SET ended_at = $1 WHERE ended_at IS NULL AND id NOT IN ({string.Join(", ", adopted.Select(run => run.RunId))})",
            time.Seconds());

    private static void ReplaceStatuses(SqliteConnection connection, SqliteTransaction transaction, ProjectPlan plan, TimeProvider time)
    {
        connection.Execute(transaction, "DELETE FROM process_status");
        UpsertPlan(connection, transaction, plan, time);
    }

    private static void UpsertPlan(SqliteConnection connection, SqliteTransaction? transaction, ProjectPlan plan, TimeProvider time)
    {
        foreach (var (position, process) in plan.Processes.Index())
            connection.Execute(transaction, PlanRows.Upsert, PlanRows.Values(process, position, time.Seconds()));
    }
}
