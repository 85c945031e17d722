using OvermindGui.Core.Contracts;

namespace OvermindGui.Daemon.Persistence;

/// <summary>What the log says between two runs: what happened, and who asked for it, if anyone did.</summary>
internal static class RunNotices
{
    private static readonly HashSet<string> FirstStarts = ["daemon start", "start", "run", "scale", "dependencies", "schedule"];

    /// <param name="cause">As it is stored with the run.</param>
    /// <param name="isFirst">Whether the process was not started before, as one that a changed file brings.</param>
    public static string Started(int pid, string cause, Initiator by, bool isFirst = false) =>
        $"Started with PID {pid}" + (by.Words is { } who ? $" · {(isFirst || FirstStarts.Contains(cause) ? "started" : "restarted")} {who}" : "");

    /// <summary>How it ended, in the middle of a sentence.</summary>
    /// <param name="exit">Null when that is unknown.</param>
    public static string Words(ExitStatus? exit) => exit?.ToString() ?? "exited (status unknown)";

    /// <summary>It ended by itself.</summary>
    public static string Ended(ExitStatus? exit, TimeSpan uptime)
    {
        var words = Words(exit);
        return $"{char.ToUpperInvariant(words[0])}{words[1..]} after {UptimeFormatter.Of(uptime)}";
    }

    /// <param name="how">How it ended, such as <c>exited with code 0</c>; null when that is unknown.</param>
    /// <param name="by">Null when it ends with the daemon, or makes room for its next run.</param>
    public static string Stopped(string? how, Initiator? by) =>
        "Stopped" + (how is null ? "" : $" ({how})") + (by?.Words is { } who ? $" · {who}" : "");
}
