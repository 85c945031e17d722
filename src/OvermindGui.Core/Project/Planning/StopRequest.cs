namespace OvermindGui.Core.Project.Planning;

/// <summary>How a process is asked to end before it gets its stop signal: by keys, or by a command.</summary>
/// <param name="Keys">The characters that the keys send; null when a command asks.</param>
/// <param name="KeyNames">The keys as the settings file names them.</param>
/// <param name="Command">Run by the process's shell, in its folder and with its variables; null when keys ask.</param>
/// <param name="Timeout">Time until the stop signal.</param>
public sealed record StopRequest(string? Keys, string? KeyNames, string? Command, TimeSpan Timeout);
