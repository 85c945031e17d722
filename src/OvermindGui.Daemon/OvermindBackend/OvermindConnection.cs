using OvermindGui.Core.Contracts;

namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>Connects the user's own terminal to a process of the overmind that the daemon runs.</summary>
public static class OvermindConnection
{
    /// <summary>Absolute path of overmind.</summary>
    /// <exception cref="StartupException">It or tmux is not there; the message says how to get it.</exception>
    public static string Find(string searchPath) => OvermindTools.Find(searchPath).Overmind;

    /// <summary>What to call it with, in the Procfile's folder.</summary>
    /// <param name="process">Null for the first one.</param>
    public static IReadOnlyList<string> Arguments(string? process) =>
        ["connect", .. OvermindClient.ConnectionOptions, .. process is null ? Array.Empty<string>() : [process]];
}
