using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Data;
using OvermindGui.Core.Procfiles;
using OvermindGui.Core.Projects;

namespace OvermindGui.Core.Processes;

/// <summary>Reads the <see cref="SystemSnapshot"/> from lock, database and, where no daemon speaks for it, Procfile.</summary>
public sealed class SystemReader(OvermindDatabase database)
{
    private readonly ProjectFolder _folder = database.Folder;

    public async Task<SystemSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var alive = DaemonLock.IsHeld(_folder);
        if (!database.IsReady()) return WithoutDaemon(SystemSnapshot.Empty with { DaemonAlive = alive });

        await using var context = database.CreateDbContext();
        var daemon = await context.Daemons.AsNoTracking().OrderByDescending(d => d.Id).FirstAsync(cancellationToken);
        var counts = await context.KnownProcesses.AsNoTracking().ToDictionaryAsync(p => p.Name, p => p.LineCount, cancellationToken);
        var statuses = await context.Statuses.AsNoTracking().OrderBy(s => s.Position).ToListAsync(cancellationToken);
        var snapshot = new SystemSnapshot(
            alive,
            daemon.Pid,
            [.. statuses.Select(s => ToInfo(s, alive, counts.GetValueOrDefault(s.ProcessName)))],
            counts.Values.Sum(),
            daemon.ProcfileProblems?.Split('\n') ?? [],
            daemon.Warning);
        return alive ? snapshot : WithoutDaemon(snapshot);
    }

    private SystemSnapshot WithoutDaemon(SystemSnapshot stored)
    {
        if (stored.DaemonAlive) return stored; // it is just starting; its first row follows
        var procfile = LoadProcfile();
        return stored with
        {
            Processes = stored.Processes.Count > 0 ? stored.Processes : [.. procfile.Entries.Select(NeverStarted)],
            ProcfileProblems = [.. procfile.Problems.Select(p => p.ToString())],
        };
    }

    private Procfile LoadProcfile()
    {
        try
        {
            return Procfile.Load(_folder.Procfile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Procfile([], [new ProcfileProblem(0, e.Message)]);
        }
    }

    private static ProcessInfo NeverStarted(ProcfileEntry entry, int position) =>
        new(entry.Name, position, entry.Command, ProcessState.Stopped, null, null, null, 0);

    private static ProcessInfo ToInfo(ProcessStatus status, bool alive, long lineCount)
    {
        var state = ProcessStates.Parse(status.Status);
        return new ProcessInfo(
            status.ProcessName,
            status.Position,
            status.Command,
            alive || !state.IsUp() ? state : ProcessState.Unknown,
            alive ? status.Pid : null,
            status.StartedAt is { } started ? UnixTime.FromSeconds(started) : null,
            status.ExitCode is { } code ? new ExitStatus(code) : null,
            lineCount);
    }
}
