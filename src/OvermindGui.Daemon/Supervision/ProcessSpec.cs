using OvermindGui.Core.Terminal;
namespace OvermindGui.Daemon.Supervision;

/// <summary>How to start a process.</summary>
/// <param name="Id">Its row in <c>processes</c>.</param>
/// <param name="Command">Handed to <c>/bin/sh -c</c>.</param>
/// <param name="WorkingDirectory">Absolute path.</param>
/// <param name="Terminal">Size of its terminal; null to print into pipes.</param>
/// <param name="Environment">Added to the daemon's own.</param>
internal sealed record ProcessSpec(
    int Id, string Name, string Command, string WorkingDirectory, TerminalSize? Terminal, ChildEnvironment Environment);
