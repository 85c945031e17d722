using System.Net.Sockets;
using OvermindGui.Core.Control;
using OvermindGui.Core.Registry;

namespace OvermindGui.Web.Configuration;

/// <summary>What one dashboard for all projects of a user needs to know.</summary>
public sealed class AllProjectsOptions
{
    /// <summary>The user's list of projects.</summary>
    public required UserState State { get; init; }

    /// <summary>This program, to start daemons with.</summary>
    public required SelfExecutable Executable { get; init; }

    /// <summary>Bound to a loopback address.</summary>
    public required Socket ListenSocket { get; init; }

    /// <summary>Nothing is typed into processes, of any project.</summary>
    public bool NoInput { get; init; }

    /// <summary>Log at debug level.</summary>
    public bool Debug { get; init; }
}
