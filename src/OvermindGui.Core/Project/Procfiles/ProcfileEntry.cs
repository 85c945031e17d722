namespace OvermindGui.Core.Project.Procfiles;

/// <summary>One <c>name: command</c> line of a Procfile.</summary>
/// <param name="Name">Letters, digits, <c>_</c> and <c>-</c>.</param>
/// <param name="Command">Passed unchanged to <c>/bin/sh -c</c>.</param>
/// <param name="Line">1-based line number in the file.</param>
/// <param name="Index">
/// 0-based number among all entry lines, including those that cannot run, such as a duplicate name. Ports are based on it, so fixing an
/// invalid line changes no other process's port.
/// </param>
public sealed record ProcfileEntry(string Name, string Command, int Line, int Index = 0);
