using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Api;

/// <summary>Names whose output can be requested: Procfile entries, "system", and every process with stored output.</summary>
internal static class KnownNames
{
    /// <summary>The filter for names as a query gives them, none for all; null when a name is not known, and what to answer with 404.</summary>
    public static (ProcessFilter? Filter, string Problem) FilterOf(OvermindDatabase database, string[]? asked)
    {
        var names = (asked ?? []).Where(name => name.Length > 0).ToArray();
        if (names.Length == 0) return (ProcessFilter.Everything, "");
        return ProblemOf(database, names) is { } problem ? (null, problem) : (ProcessFilter.Only(names), "");
    }

    /// <summary>Null when all names are known.</summary>
    public static string? ProblemOf(OvermindDatabase database, params string[] names) =>
        Problem(names, [.. new OutputHistory(database).ProcessNames().Union(new SystemReader(database).Read().Processes.Select(p => p.Name))]);

    /// <summary>Null when there is a process of that name, or an entry of the Procfile. It needs no database.</summary>
    public static string? ProblemOfEntry(OvermindDatabase database, string name) =>
        Problem([name], [.. new SystemReader(database).Read().Processes.SelectMany(p => new[] { p.Entry, p.Name }).Distinct()]);

    private static string? Problem(string[] names, IReadOnlyList<string> known) => names.Except(known).FirstOrDefault() is { } unknown
        ? UnknownProcessText.Of(unknown, known)
        : null;
}
