using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>One life of a process, for readers.</summary>
/// <param name="Number">1-based among all stored runs of the process.</param>
/// <param name="EndedAt">Null while it is up.</param>
/// <param name="Cause">Why it was started.</param>
public sealed record RunInfo(long Id, int Number, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, ExitStatus? Exit, string Cause)
{
    /// <summary>Whether a run that ended so has failed: by a code, or by a signal that is no request to end.</summary>
    public static bool IsCrash(ExitStatus exit) => exit is { IsSuccess: false, Signal: not (2 or 15) };
}

/// <summary>Reads the runs of a process.</summary>
public sealed class RunHistory(OvermindDatabase database)
{
    /// <summary>The newest runs of a process, newest first.</summary>
    public IReadOnlyList<RunInfo> Newest(string process, int limit)
    {
        if (!database.IsReady()) return [];
        using var context = database.CreateDbContext();
        var ofProcess = context.Runs.Where(run => context.KnownProcesses.Any(known => known.Id == run.ProcessId && known.Name == process));
        var count = ofProcess.Count();
        return
        [
            .. ofProcess.AsNoTracking().OrderByDescending(run => run.Id).Take(limit).AsEnumerable().Select((run, i) => new RunInfo(
                run.Id, count - i, UnixTime.FromSeconds(run.StartedAt), run.EndedAt is { } ended ? UnixTime.FromSeconds(ended) : null,
                run.ExitCode is { } code ? new ExitStatus(code) : null, run.Cause)),
        ];
    }
}
