using OvermindGui.Core.Processes;
using OvermindGui.Core.Projects;
using OvermindGui.Daemon.Hosting;

namespace OvermindGui.Daemon.Tests.Support;

/// <summary>The stand-ins for overmind and tmux.</summary>
internal static class StandIn
{
    private static readonly string SearchPath =
        $"{AppContext.BaseDirectory}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>Of a daemon that finds them.</summary>
    public static DaemonOptions Options(ProjectFolder folder) =>
        new() { Folder = folder, Detached = true, Mode = DaemonMode.Overmind, SearchPath = SearchPath };
}
