using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>One life of a process, for readers.</summary>
/// <param name="Number">1-based among all stored runs of the process.</param>
/// <param name="EndedAt">Null while it is up.</param>
/// <param name="Cause">Why it was started.</param>
public sealed record RunInfo(long Id, int Number, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, ExitStatus? Exit, string Cause)
{
    /// <summary>The process that it is a run of.</summary>
    public string Process { get; init; } = "";

    /// <summary>The daemon that started it: the session of the project.</summary>
    public long Session { get; init; }

    /// <summary>Who started it, as <see cref="Initiator"/> writes it; null when that was not recorded.</summary>
    public string? StartedBy { get; init; }

    /// <summary>Whether its output is kept when older output is pruned.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Whether it has failed.</summary>
    public bool HasCrashed => Exit is { } exit && IsCrash(exit);

    /// <summary>How it ended, in short: <c>running</c>, <c>exit 3</c>, <c>SIGKILL</c>.</summary>
    public string EndText() => this switch
    {
        { EndedAt: null } => "running",
        { Exit: { Signal: null } exit } => $"exit {exit.ToShortText()}",
        { Exit: { } killed } => killed.ToShortText(),
        _ => "ended",
    };

    /// <summary>Whether a run that ended so has failed: by a code, or by a signal that is no request to end.</summary>
    public static bool IsCrash(ExitStatus exit) => exit is { IsSuccess: false, Signal: not (2 or 15) };
}

/// <summary>One life of a daemon: everything that ran in the project from its start to its end.</summary>
/// <param name="EndedAt">Null while it runs, and when it was killed.</param>
public sealed record SessionInfo(long Id, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Mode, string? EndReason, int Runs, int Crashes)
{
    /// <summary>When the session after it began; null for the newest.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>What it ended with, when one of its processes ended it; else null.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The time of its lines, Unix milliseconds, both ends included; the newest has no end.</summary>
    public (long Since, long? Until) Range => (StartedAt.ToUnixTimeMilliseconds(), NextAt?.ToUnixTimeMilliseconds() - 1);

    /// <summary>How one that is over has ended.</summary>
    public string EndText() => (EndedAt, ExitCode, EndReason) switch
    {
        (null, _, _) => "killed",
        (_, { } code, _) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"exit {code}"),
        (_, _, { } reason) => reason,
        _ => "ended",
    };
}

/// <summary>Reads and pins runs.</summary>
public sealed class RunHistory(OvermindDatabase database, TimeProvider time)
{
    private const int PageSize = 1_000;

    private const string Columns =
        """
        SELECT r.id, (SELECT count(*) FROM runs n WHERE n.process_id = r.process_id AND n.id <= r.id), r.started_at, r.ended_at, r.exit_code, r.cause,
          p.name, r.daemon_id, r.started_by, EXISTS (SELECT 1 FROM pinned_runs i WHERE i.run_id = r.id)
        FROM runs r JOIN processes p ON p.id = r.process_id
        """;

    /// <summary>The newest runs of a process, newest first.</summary>
    public IReadOnlyList<RunInfo> Newest(string process, int limit) =>
        Read($"{Columns} WHERE r.process_id = (SELECT id FROM processes WHERE name = $1) ORDER BY r.id DESC LIMIT $2", Run, process, limit);

    /// <summary>The newest runs of all processes, newest first.</summary>
    public IReadOnlyList<RunInfo> Newest(int limit) => Read($"{Columns} ORDER BY r.id DESC LIMIT $1", Run, limit);

    /// <summary>A run; null when there is none of this id.</summary>
    public RunInfo? Find(long id) => Read($"{Columns} WHERE r.id = $1", Run, id) is [var run] ? run : null;

    /// <summary>The run of a process with a number; null when there is none.</summary>
    public RunInfo? FindNumber(string process, long number) => number < 1 ? null : Read(
        $"{Columns} WHERE r.process_id = (SELECT id FROM processes WHERE name = $1) ORDER BY r.id LIMIT 1 OFFSET $2", Run, process, number - 1) is [var run] ? run : null;

    /// <summary>The run of the same process before a run; null when it is the first.</summary>
    public RunInfo? Before(RunInfo run) => Read(
        $"{Columns} WHERE r.process_id = (SELECT id FROM processes WHERE name = $1) AND r.id < $2 ORDER BY r.id DESC LIMIT 1", Run, run.Process, run.Id) is [var before] ? before : null;

    /// <summary>Whether there is a run of this id, also in the file of an older daemon.</summary>
    public bool Exists(long id)
    {
        using var connection = database.OpenConnection();
        return connection.Scalar("SELECT 1 FROM runs WHERE id = $1", id) is not null;
    }

    /// <summary>The newest run that crashed, of one process or of all; null when none has.</summary>
    public RunInfo? LastCrash(string? process) => Read(
        $"{Columns} WHERE r.exit_code NOT IN (0, 130, 143) AND ($1 IS NULL OR p.name = $1) ORDER BY r.ended_at DESC LIMIT 1", Run, process) is [var run] ? run : null;

    /// <summary>Runs that are pinned, newest first.</summary>
    public IReadOnlyList<RunInfo> Pinned() => Read($"{Columns} WHERE r.id IN (SELECT run_id FROM pinned_runs) ORDER BY r.id DESC", Run);

    /// <summary>The newest sessions of the project, newest first.</summary>
    public IReadOnlyList<SessionInfo> Sessions(int limit) => Read(
        """
        SELECT d.id, d.started_at, d.ended_at, d.mode, d.end_reason, count(r.id), coalesce(sum(r.exit_code NOT IN (0, 130, 143)), 0),
          (SELECT n.started_at FROM daemons n WHERE n.id > d.id ORDER BY n.id LIMIT 1), d.exit_code
        FROM (SELECT * FROM daemons ORDER BY id DESC LIMIT $1) d LEFT JOIN runs r ON r.daemon_id = d.id GROUP BY d.id ORDER BY d.id DESC
        """,
        row => new SessionInfo(
            row.GetInt64(0), UnixTime.FromSeconds(row.GetDouble(1)), At(row, 2), row.GetString(3), row.Nullable<string>(4), row.GetInt32(5), row.GetInt32(6))
        {
            NextAt = At(row, 7),
            ExitCode = row.Nullable<int?>(8),
        }, limit);

    /// <summary>The runs of a session, newest first.</summary>
    public IReadOnlyList<RunInfo> OfSession(long session, int limit) => Read($"{Columns} WHERE r.daemon_id = $1 ORDER BY r.id DESC LIMIT $2", Run, session, limit);

    /// <summary>The newest stored line of a run, which says how it ended; null when none is stored any more.</summary>
    public long? LastLineOf(RunInfo run)
    {
        using var connection = database.OpenConnection();
        var (first, last) = ProtectedLines.RangeOf(connection, Seconds(run.StartedAt), run.EndedAt is { } ended ? Seconds(ended) : null);
        return connection.Scalar(
            """
            SELECT l.id FROM lines l JOIN processes p ON p.id = l.process_id
            WHERE p.name = $1 AND l.id >= $2 AND l.id <= $3 AND l.id > p.cleared_id AND l.run_id = $4 ORDER BY l.id DESC LIMIT 1
            """,
            run.Process, first, last, run.Id) as long?;
    }

    /// <summary>How many lines of a run are stored.</summary>
    public long LinesOf(RunInfo run)
    {
        var (first, last) = RangeOf(run);
        using var connection = database.OpenConnection();
        return (long)connection.Scalar(
            """
            SELECT count(*) FROM lines l JOIN processes p ON p.id = l.process_id
            WHERE p.name = $1 AND l.id >= $2 AND l.id <= $3 AND l.id > p.cleared_id AND l.run_id = $4
            """,
            run.Process, first, last, run.Id)!;
    }

    /// <summary>The first lines that a run printed, without what the daemon said of it, and whether there are more.</summary>
    public (IReadOnlyList<OutputLine> Lines, bool IsCut) Beginning(RunInfo run, int most, int mostCharacters)
    {
        var history = new OutputHistory(database);
        var lines = new List<OutputLine>();
        var (next, last) = RangeOf(run);
        while (next <= last)
        {
            var page = history.Between(next - 1, last + 1, ProcessFilter.Only([run.Process]), PageSize);
            foreach (var line in page.Where(line => line.Run == run.Id && line.Source != LineSource.Notice))
            {
                mostCharacters -= line.Content.Text.Length;
                if (lines.Count == most || mostCharacters < 0) return (lines, true);
                lines.Add(line);
            }

            if (page.Count < PageSize) break;
            next = page[^1].Id + 1;
        }

        return (lines, false);
    }

    private (long First, long Last) RangeOf(RunInfo run)
    {
        using var connection = database.OpenConnection();
        return ProtectedLines.RangeOf(connection, Seconds(run.StartedAt), run.EndedAt is { } ended ? Seconds(ended) : null);
    }

    /// <summary>Keeps the output of a run, or no longer. False when there is no such run.</summary>
    public bool Pin(long id, bool pinned)
    {
        if (Find(id) is null) return false;
        using var connection = database.OpenConnection();
        connection.Execute(
            null, pinned ? "INSERT INTO pinned_runs(run_id, pinned_at) VALUES ($1, $2) ON CONFLICT DO NOTHING" : "DELETE FROM pinned_runs WHERE run_id = $1",
            pinned ? [id, time.Seconds()] : [id]);
        return true;
    }

    private static double Seconds(DateTimeOffset moment) => moment.ToUnixSeconds();

    private static DateTimeOffset? At(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : UnixTime.FromSeconds(row.GetDouble(column));

    private static RunInfo Run(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetInt32(1), UnixTime.FromSeconds(row.GetDouble(2)), At(row, 3), row.Nullable<int?>(4) is { } code ? new ExitStatus(code) : null, row.GetString(5))
    {
        Process = row.GetString(6),
        Session = row.GetInt64(7),
        StartedBy = row.Nullable<string>(8),
        IsPinned = row.GetInt64(9) != 0,
    };

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> row, params object?[] parameters)
    {
        if (!database.IsReady()) return [];
        using var connection = database.OpenConnection();
        // An older daemon still runs; the page says what helps.
        return connection.HasTable("pinned_runs") ? connection.Query(sql, row, parameters) : [];
    }
}
