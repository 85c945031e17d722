using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Errors;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Web.Tests.Support;

/// <summary>A project folder with a real database, written the way a daemon writes it.</summary>
public sealed class StoredProject : IDisposable
{
    private readonly Dictionary<string, int> _processIds = [];
    private DaemonLock? _lock;

    public StoredProject()
    {
        var root = Directory.CreateTempSubdirectory("overmind-gui-web-tests-").FullName;
        Folder = new ProjectFolder(root);
        Owner = OvermindDatabase.In(Folder);
    }

    public ProjectFolder Folder { get; }

    public OvermindDatabase Owner { get; }

    public bool DaemonAlive => _lock is not null;

    public StoredProject WithProcfile(string text)
    {
        File.WriteAllText(Folder.Procfile, text);
        return this;
    }

    /// <summary>Creates the file with its schema and the row of a daemon.</summary>
    public StoredProject WithDatabase(string? problems = null, string? warning = null)
    {
        NewDatabase.Create(Owner, Environment.ProcessId, Now, problems, warning);
        return this;
    }

    public StoredProject WithLivingDaemon()
    {
        _lock = DaemonLock.TryAcquire(Folder);
        return this;
    }

    public StoredProject WithProcess(string name, ProcessState state = ProcessState.Running, int? exitCode = null)
    {
        using var context = Owner.CreateDbContext();
        context.Statuses.Add(new ProcessStatus
        {
            ProcessName = name,
            Status = state.ToText(),
            Pid = state.IsUp() ? 4711 : null,
            UpdatedAt = Now,
            Position = context.Statuses.Count(),
            Command = $"run {name}",
            StartedAt = Now,
            ExitCode = exitCode,
        });
        context.SaveChanges();
        return this;
    }

    public void SetState(string name, ProcessState state, int? exitCode = null)
    {
        using var context = Owner.CreateDbContext();
        context.Statuses.Where(s => s.ProcessName == name).ExecuteUpdate(s => s
            .SetProperty(p => p.Status, state.ToText())
            .SetProperty(p => p.ExitCode, exitCode)
            .SetProperty(p => p.StartedAt, Now)
            .SetProperty(p => p.Pid, state.IsUp() ? 4711 : null));
    }

    public void KillDaemon()
    {
        _lock?.Dispose();
        _lock = null;
    }

    public void Append(string process, params IEnumerable<string> texts) =>
        Append(texts.Select(t => (process, StyledLine.Plain(t), LineSource.Terminal)));

    /// <summary>Stores lines that name errors, as the daemon stores them.</summary>
    public void AppendErrors(string process, params IReadOnlyList<string> texts)
    {
        Append(process, texts);
        using var context = Owner.CreateDbContext();
        foreach (var text in texts)
            context.Lines.Where(l => l.Text == text).ExecuteUpdate(l => l.SetProperty(x => x.Level, (int)LineLevel.Error).SetProperty(x => x.Fingerprint, ErrorFingerprint.Of(text)));
    }

    /// <summary>Stores lines in one transaction.</summary>
    public void Append(IEnumerable<(string Process, StyledLine Line, LineSource Source)> lines)
    {
        using var context = Owner.CreateDbContext();
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var group in lines.GroupBy(l => l.Process))
            if (!_processIds.ContainsKey(group.Key)) AddKnown(context, group.Key);
        var counts = new Dictionary<int, int>();
        foreach (var (process, line, source) in lines)
        {
            var id = _processIds[process];
            counts[id] = counts.GetValueOrDefault(id) + 1;
            context.Lines.Add(new Line
            {
                ProcessId = id,
                Time = TimeProvider.System.Milliseconds(),
                Stream = source,
                Text = line.Text,
                Style = StyleRunCodec.Encode(line),
            });
        }

        using var transaction = context.Database.BeginTransaction();
        context.SaveChanges();
        foreach (var (id, count) in counts)
            context.KnownProcesses.Where(p => p.Id == id).ExecuteUpdate(p => p.SetProperty(k => k.LineCount, k => k.LineCount + count));
        transaction.Commit();
    }

    /// <summary>A flood: so many lines at once, in one transaction and one statement.</summary>
    public void AppendMany(string process, int count)
    {
        using var context = Owner.CreateDbContext();
        if (!_processIds.ContainsKey(process)) AddKnown(context, process);
        var id = _processIds[process];
        context.Database.ExecuteSql(
            $"""
            INSERT INTO lines(process_id, time, stream, text)
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
            SELECT {id}, 1700000000000, 2, 'flood ' || n FROM numbers
            """);
        context.KnownProcesses.Where(p => p.Id == id).ExecuteUpdate(p => p.SetProperty(k => k.LineCount, k => k.LineCount + count));
    }

    /// <summary>Counts all stored lines for the timeline, as the daemon does while it stores them.</summary>
    public StoredProject Count()
    {
        using var connection = Owner.OpenConnection();
        connection.Execute(null, "DELETE FROM line_counts");
        foreach (var width in CountWidth.All)
            connection.Execute(
                null,
                """
                INSERT INTO line_counts
                SELECT $1, time / 1000 / $1 * $1 AS start, process_id, sum(level = 0), sum(level = 1), sum(level = 2), sum(level = 3), sum(level = 4)
                FROM lines GROUP BY start, process_id
                """,
                width.Seconds);
        connection.Execute(null, "INSERT INTO counted_lines(id, from_id, to_id) VALUES (1, 0, 0) ON CONFLICT DO NOTHING");
        return this;
    }

    /// <summary>Changes a stored line, as the daemon does with one that a program goes back to.</summary>
    public void Amend(long id, string text)
    {
        using var context = Owner.CreateDbContext();
        using var transaction = context.Database.BeginTransaction();
        context.Database.ExecuteSql($"UPDATE lines SET text = {text} WHERE id = {id}");
        context.Database.ExecuteSql($"INSERT INTO amendments(line_id) VALUES ({id})");
        transaction.Commit();
    }

    /// <summary>Changes a stored line, which the log of changes has forgotten: an entry behind that one is all that is left of it.</summary>
    public void AmendUnseen(long id, string text)
    {
        using var context = Owner.CreateDbContext();
        using var transaction = context.Database.BeginTransaction();
        context.Database.ExecuteSql($"UPDATE lines SET text = {text} WHERE id = {id}");
        context.Database.ExecuteSql($"INSERT INTO amendments(line_id) VALUES ({id}), ({id + 1})");
        context.Database.ExecuteSql($"DELETE FROM amendments WHERE line_id = {id}");
        transaction.Commit();
    }

    /// <summary>Moves what the log holds into the file itself, as SQLite does by itself after some megabytes.</summary>
    public void Checkpoint()
    {
        using var context = Owner.CreateDbContext();
        context.Database.ExecuteSqlRaw("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Puts a file that is no database in its place. A file of its own: what is still open may write into the former one as it closes.</summary>
    public void DamageDatabase()
    {
        SetAside();
        File.WriteAllText(Folder.Database, new string('x', 8192));
    }

    /// <summary>What a daemon does with a damaged file: another one takes its place under the same name.</summary>
    public void ReplaceDatabase()
    {
        SetAside();
        _processIds.Clear();
        WithDatabase();
    }

    public void Dispose()
    {
        _lock?.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder.Root, recursive: true);
    }

    private void SetAside()
    {
        SqliteConnection.ClearAllPools();
        foreach (var suffix in (string[])["", "-wal", "-shm"])
            if (File.Exists(Folder.Database + suffix)) File.Move(Folder.Database + suffix, Folder.Database + ".aside" + suffix, overwrite: true);
    }

    private static double Now => TimeProvider.System.Seconds();

    private void AddKnown(OvermindDbContext context, string name)
    {
        var known = new KnownProcess { Name = name };
        context.KnownProcesses.Add(known);
        context.SaveChanges();
        _processIds[name] = known.Id;
    }
}
