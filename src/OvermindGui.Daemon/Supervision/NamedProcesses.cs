using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;

namespace OvermindGui.Daemon.Supervision;

/// <summary>Which processes a command means.</summary>
internal static class NamedProcesses
{
    /// <param name="subject">Names and patterns with commas between them; null for all.</param>
    /// <returns>The processes, or the answer to a name that none bears.</returns>
    public static (IReadOnlyList<T> Meant, CommandOutcome? Unknown) Select<T>(string? subject, IReadOnlyList<T> processes, Func<T, string> nameOf)
    {
        var patterns = subject?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var (names, unknown) = NamePattern.Select(patterns, [.. processes.Select(nameOf)]);
        return unknown.Count > 0 || (subject is not null && patterns.Length == 0)
            ? ([], new CommandOutcome(
                false, UnknownProcessText.Of(string.Join(", ", unknown.DefaultIfEmpty("\"\"")), processes.Select(nameOf))))
            : ([.. processes.Where(p => names.Contains(nameOf(p)))], null);
    }
}
