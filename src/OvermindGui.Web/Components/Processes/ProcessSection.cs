using OvermindGui.Core.Contracts;

namespace OvermindGui.Web.Components.Processes;

/// <summary>A section of the list: a group, the instances of an entry, or one process.</summary>
/// <param name="Key">Unique in the list.</param>
/// <param name="Title">Null for a single process.</param>
public sealed record ProcessSection(string Key, string? Title, IReadOnlyList<ProcessInfo> Processes)
{
    public string UpText => $"{Processes.Count(p => p.State.IsUp())} of {Processes.Count}";

    /// <summary>Orders the sections by their first process.</summary>
    public static IEnumerable<ProcessSection> Of(IReadOnlyList<ProcessInfo> processes)
    {
        var instances = processes.CountBy(p => p.Entry).ToDictionary();
        return processes.GroupBy(TitleOf).Select(section => new ProcessSection(
            section.Key.ToString(), section.Key.Title, [.. section]));

        (string Kind, string Name, string? Title) TitleOf(ProcessInfo process) =>
            process.Group is { Length: > 0 } group ? ("group", group, group)
            : instances[process.Entry] > 1 ? ("entry", process.Entry, process.Entry)
            : ("process", process.Name, null);
    }
}
