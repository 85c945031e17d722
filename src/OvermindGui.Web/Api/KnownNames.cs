using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Api;

/// <summary>Names whose output can be requested: Procfile entries, "system", and every process with stored output.</summary>
internal static class KnownNames
{
    /// <summary>The names as a query gives them; null for all.</summary>
    public static string[]? NonEmpty(string[]? asked) => asked?.Where(name => name.Length > 0).ToArray() is { Length: > 0 } names ? names : null;

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
