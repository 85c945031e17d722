using System.Net.Sockets;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Registry;

namespace OvermindGui.Web.Configuration;

/// <summary>What the dashboard needs to know from the program that hosts it.</summary>
public sealed class WebServerOptions
{
    public required ProjectFolder Folder { get; init; }

    /// <summary>
    /// Bound to the address to serve, not yet listening. Made by <c>SocketTransportOptions.CreateDefaultBoundListenSocket</c>, so that
    /// the caller who looked for a free port holds it from then on.
    /// </summary>
    public required Socket ListenSocket { get; init; }

    /// <summary>Starts a daemon from the page; null when this dashboard cannot.</summary>
    public DaemonLauncher? DaemonLauncher { get; init; }

    /// <summary>The projects of the user; null when this dashboard shows its own alone.</summary>
    public UserProjects? Projects { get; init; }

    /// <summary>Who may come in.</summary>
    public WebAccess Access { get; init; } = new();

    public bool Debug { get; init; }

    /// <summary>What has to be there before the address is announced; its failure ends the dashboard.</summary>
    public Task Ready { get; init; } = Task.CompletedTask;

    /// <summary>How long a stream of events may be silent before it says so.</summary>
    public TimeSpan StreamHeartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the reader of a stream may take nothing of what waits for it.</summary>
    public TimeSpan StreamPatience { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>The projects of the user, as a page offers them.</summary>
/// <param name="Projects">Null when the page knows of its own project alone.</param>
/// <param name="Own">The folder of the project that the page shows; null for the page of all projects.</param>
public sealed record ProjectsOffer(UserProjects? Projects, ProjectFolder? Own);

/// <summary>Why the dashboard ended.</summary>
public enum WebServerExit
{
    /// <summary>The caller asked for it.</summary>
    Stopped,

    /// <summary>"Restart UI" was clicked: start again on the same port; daemon and processes keep running.</summary>
    RestartRequested,

    /// <summary>"Shutdown" was confirmed, and the daemon and all processes have ended.</summary>
    ShutDown,
}
