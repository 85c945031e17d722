using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Control;

/// <summary>What is left of a run.</summary>
/// <param name="Name">Of the process; its number where the database knows nothing of the run.</param>
/// <param name="Leader">The process that was started for it; null when only others are left.</param>
/// <param name="StartedAt">Unix seconds.</param>
public sealed record RunLeft(string Name, long RunId, double StartedAt, TaggedProcess? Leader, IReadOnlyList<TaggedProcess> Processes)
{
    public override string ToString() => $"{Name} (PID {string.Join(", ", Processes.Select(p => p.Pid))})";
}

/// <summary>Finds what carries the mark of a run of this folder. Ask only while no daemon lives, or one that has started nothing yet.</summary>
public static class UnfinishedRuns
{
    /// <summary>By what the kernel and the caller know alone; no database is read.</summary>
    /// <param name="processOf">The name of the process that a run belongs to, by the run's id.</param>
    public static IReadOnlyList<RunLeft> Find(ProjectFolder folder, Func<long, string?> processOf) =>
    [
        .. TaggedProcess.Of(folder).GroupBy(p => p.Mark.RunId)
            .Select(run => new RunLeft(processOf(run.Key) ?? $"run {run.Key}", run.Key, 0, null, [.. run])),
    ];

    /// <summary>With what the database knows of the runs.</summary>
    public static IReadOnlyList<RunLeft> Find(OvermindDatabase database)
    {
        var marked = TaggedProcess.Of(database.Folder);
        return marked.Count == 0 ? [] : [.. marked.GroupBy(p => p.Mark.RunId).Select(run => Describe(database, run.Key, [.. run]))];
    }

    private static RunLeft Describe(OvermindDatabase database, int run, IReadOnlyList<TaggedProcess> processes)
    {
        using var connection = database.OpenConnection();
        var known = connection.Query(
            "SELECT p.name, r.id, r.pid, r.started_at FROM runs r JOIN processes p ON p.id = r.process_id WHERE r.id = $1",
            row => (Name: row.GetString(0), Id: row.GetInt64(1), Pid: row.GetInt32(2), StartedAt: row.GetDouble(3)), run);
        return known is [var recorded]
            ? new RunLeft(recorded.Name, recorded.Id, recorded.StartedAt, processes.FirstOrDefault(p => p.Pid == recorded.Pid), processes)
            : new RunLeft(run == ProcessTag.Overmind ? "overmind" : $"run {run}", run, 0, null, processes);
    }
}
