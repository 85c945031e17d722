using OvermindGui.Core.Projects;

namespace OvermindGui.Core.Processes;

/// <summary>A living process of some run of a folder.</summary>
public sealed record MarkedProcess(int Pid, RunMark Mark, int Group, long Birth)
{
    /// <summary>All processes of all runs of a folder, but for the one that asks and those that it descends from: it may have been started by one of them.</summary>
    public static IReadOnlyList<MarkedProcess> Of(ProjectFolder folder)
    {
        var number = RunMark.NumberOf(folder);
        return Find(mark => mark.Folder == number);
    }

    /// <summary>All processes of one run.</summary>
    public static IReadOnlyList<MarkedProcess> Of(RunMark run) => Find(mark => mark == run);

    /// <summary>True while it is the same process that lives.</summary>
    public bool Lives => ProcessEntry.Of(Pid) is { Runs: true } now && now.Birth == Birth;

    private static List<MarkedProcess> Find(Func<RunMark, bool> isMeant)
    {
        var own = OwnLine().ToHashSet();
        return
        [
            .. from pid in ProcessEntry.AllPids()
               let mark = RunMark.Of(pid)
               where mark is { } found && isMeant(found) && !own.Contains(pid)
               let entry = ProcessEntry.Of(pid)
               where entry is { Runs: true }
               select new MarkedProcess(pid, mark.Value, entry.Value.Group, entry.Value.Birth),
        ];
    }

    private static IEnumerable<int> OwnLine()
    {
        for (var pid = Environment.ProcessId; pid > 0 && ProcessEntry.Of(pid) is { } entry; pid = entry.Parent) yield return pid;
    }
}
