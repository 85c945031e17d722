using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Daemon.Launching;

/// <summary>How to start a process.</summary>
/// <param name="Id">Its row in <c>processes</c>.</param>
/// <param name="Terminal">Size of its terminal; null to print into pipes.</param>
/// <param name="Environment">Added to the daemon's own.</param>
internal sealed record ProcessSpec(int Id, PlannedProcess Plan, TerminalSize? Terminal, ChildEnvironment Environment)
{
    public string Name => Plan.Name;
}
