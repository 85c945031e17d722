using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Control;

/// <summary>The remaining processes of a run.</summary>
/// <param name="Name">The process name; the run's number if the database does not know the run.</param>
/// <param name="Leader">The process that was started for the run; null when only its descendants are left.</param>
/// <param name="StartedAt">Unix seconds.</param>
public sealed record RunLeft(string Name, long RunId, double StartedAt, TaggedProcess? Leader, IReadOnlyList<TaggedProcess> Processes)
{
    public override string ToString() => $"{Name} (PID {string.Join(", ", Processes.Select(p => p.Pid))})";
}

/// <summary>
/// Finds processes that carry the tag of a run of this folder. Use it only while no daemon lives, or before the daemon starts processes.
/// </summary>
public static class UnfinishedRuns
{
    /// <summary>Uses only the kernel's data and the callback, not the database.</summary>
    /// <param name="processOf">Maps a run id to the name of its process.</param>
    public static IReadOnlyList<RunLeft> Find(ProjectFolder folder, Func<long, string?> processOf) =>
    [
        .. TaggedProcess.Of(folder).GroupBy(p => p.Mark.RunId)
            .Select(run => new RunLeft(processOf(run.Key) ?? $"run {run.Key}", run.Key, 0, null, [.. run])),
    ];

    /// <summary>Uses the runs recorded in the database.</summary>
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
