using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Project.Procfiles;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Control;

/// <summary>Reads the <see cref="SystemSnapshot"/> from lock, database and, without a daemon, from the Procfile.</summary>
public sealed class SystemReader(OvermindDatabase database)
{
    private readonly ProjectFolder _folder = database.Folder;

    public SystemSnapshot Read()
    {
        var alive = DaemonLock.IsHeld(_folder);
        return Read(alive) with { StorageTrouble = alive ? new StorageFaultFile(_folder).Read() : null, StoredBytes = StoredBytes() };
    }

    private SystemSnapshot Read(bool alive)
    {
        if (!database.IsReady()) return OrFromProcfile(SystemSnapshot.Empty with { DaemonAlive = alive });

        using var connection = database.OpenConnection();
        var processes = connection.Query(
            """
            SELECT s.process_name, s.position, s.command, s.status, s.pid, s.started_at, s.exit_code, coalesce(p.line_count, 0), r.ended_at, s.*, r.*
            FROM process_status s LEFT JOIN processes p ON p.name = s.process_name LEFT JOIN runs r ON r.id = s.run_id ORDER BY s.position
            """,
            row => ToInfo(row, alive));
        // Names that were never in a Procfile must not use up a colour.
        var colors = ProcessColors.ByEntry(connection.Query(
            """
            SELECT name FROM processes
            WHERE id IN (SELECT process_id FROM runs) OR name IN (SELECT process_name FROM process_status) ORDER BY id
            """,
            row => row.GetString(0)));
        processes = [.. processes.Select(p => p with { ColorIndex = colors.GetValueOrDefault(p.Entry, p.Position) })];
        var lines = (long)connection.Scalar("SELECT coalesce(sum(line_count), 0) FROM processes")!;
        var daemons = connection.Query(
            "SELECT pid, procfile_problems, warning, * FROM daemons ORDER BY id DESC LIMIT 1",
            row => new SystemSnapshot(
                alive, row.GetInt32(0), processes, lines, row.Nullable<string>(1)?.Split('\n') ?? [],
                database.VersionWarning(connection, alive) ?? row.Nullable<string>(2))
            {
                Pending = alive ? PendingReload.Read(row.Newer<string>("pending_changes")) : null,
                Shipping = alive ? ShippingInfo.Read(connection) : [],
                EndReason = alive ? null : row.Newer<string>("end_reason"),
                Options = PlanOptionsJson.Read(row.Newer<string>("options")),
            });
        // Null when the file was just replaced and its daemon has not registered yet.
        return OrFromProcfile(daemons is [var snapshot] ? snapshot : SystemSnapshot.Empty with { DaemonAlive = alive });
    }

    private SystemSnapshot OrFromProcfile(SystemSnapshot stored)
    {
        if (stored.DaemonAlive) return stored; // the daemon's record is authoritative, but missing while it starts
        var procfile = LoadProcfile();
        return stored with
        {
            Processes = stored.Processes.Count > 0 ? stored.Processes : [.. procfile.Entries.Select(NeverStarted)],
            ProcfileProblems = [.. procfile.Problems.Select(p => p.ToString())],
        };
    }

    private long StoredBytes()
    {
        return SizeOf(_folder.Database) + SizeOf(_folder.Database + "-wal");

        static long SizeOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
    }

    private Procfile LoadProcfile()
    {
        try
        {
            return Procfile.Load(RecordedPlan.Load(database).Procfile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Procfile([], [new Problem(ProjectFolder.ProcfileName, 0, ProblemSeverity.Error, e.Message)]);
        }
    }

    private static ProcessInfo NeverStarted(ProcfileEntry entry, int position) =>
        new(entry.Name, position, entry.Command, ProcessState.Stopped, null, null, null, 0);

    // Without a daemon, pending starts will not happen, and the state of running processes is unknown.
    private static ProcessState WithoutDaemon(ProcessState state, ExitStatus? exit) => state switch
    {
        ProcessState.Waiting when exit is null => ProcessState.Stopped,
        ProcessState.Waiting or ProcessState.CrashLoop => ProcessStates.AfterEnd(exit),
        _ => state.IsUp() ? ProcessState.Unknown : state,
    };

    private static ProcessInfo ToInfo(SqliteDataReader row, bool alive)
    {
        var crashes = row.Newer<int?>("crashes") ?? 0;
        ExitStatus? exit = row.Nullable<int?>(6) is { } code ? new ExitStatus(code) : null;
        var state = ProcessStates.Parse(row.GetString(3), exit, crashes);
        return new ProcessInfo(
            row.GetString(0),
            row.GetInt32(1),
            row.GetString(2),
            alive ? state : WithoutDaemon(state, exit),
            alive ? row.Nullable<int?>(4) : null,
            row.Nullable<double?>(5) is { } started ? UnixTime.FromSeconds(started) : null,
            exit,
            row.GetInt64(7))
        {
            EndedAt = state.IsUp() || row.Nullable<double?>(8) is not { } ended ? null : UnixTime.FromSeconds(ended),
            RestartAt = alive && row.Newer<double?>("restart_at") is { } restart ? UnixTime.FromSeconds(restart) : null,
            Entry = row.Newer<string>("entry") ?? row.GetString(0),
            Instance = row.Newer<int?>("instance") ?? 1,
            Port = row.Newer<int?>("port"),
            StartedBy = row.Newer<string>("started_by") is { } by ? Initiator.Parse(by) : null,
            Listening = alive && state.IsUp() ? row.Newer<string>("listening") : null,
            Group = row.Newer<string>("process_group"),
            Rule = row.Newer<string>("rule"),
            Reason = alive ? row.Newer<string>("reason") : null,
            Ready = alive ? row.Newer<bool?>("ready") : null,
            Healthy = alive ? row.Newer<bool?>("healthy") : null,
            WaitingForInput = alive && state == ProcessState.Running ? InputWaits.Parse(row.Newer<string>("waiting_for_input")) : null,
            Attached = alive && state.IsUp() ? row.Newer<string>("attached") : null,
            NextRun = alive && row.Newer<double?>("next_run") is { } next ? UnixTime.FromSeconds(next) : null,
            Crashes = crashes,
        };
    }
}
