using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Control;

/// <summary>A living process of any run of a folder.</summary>
public sealed record TaggedProcess(int Pid, ProcessTag Mark, int Group, long Birth)
{
    /// <summary>
    /// All processes of all runs of a folder, except the calling process and its ancestors, because one of the runs may have started it.
    /// </summary>
    public static IReadOnlyList<TaggedProcess> Of(ProjectFolder folder)
    {
        var number = ProcessTag.NumberOf(folder);
        return Find(mark => mark.Folder == number);
    }

    /// <summary>All processes of one run.</summary>
    public static IReadOnlyList<TaggedProcess> Of(ProcessTag run) => Find(mark => mark == run);

    /// <summary>True while the same process is alive.</summary>
    public bool Lives => ProcessEntry.Of(Pid) is { Runs: true } now && now.Birth == Birth;

    private static List<TaggedProcess> Find(Func<ProcessTag, bool> isMeant)
    {
        var own = OwnLine().ToHashSet();
        return
        [
            .. from pid in ProcessEntry.AllPids()
               let mark = ProcessTag.Of(pid)
               where mark is { } found && isMeant(found) && !own.Contains(pid)
               let entry = ProcessEntry.Of(pid)
               where entry is { Runs: true }
               select new TaggedProcess(pid, mark.Value, entry.Value.Group, entry.Value.Birth),
        ];
    }

    private static IEnumerable<int> OwnLine()
    {
        for (var pid = Environment.ProcessId; pid > 0 && ProcessEntry.Of(pid) is { } entry; pid = entry.Parent) yield return pid;
    }
}
