namespace OvermindGui.Core.Project.Procfiles;

/// <summary>One <c>name: command</c> line of a Procfile.</summary>
/// <param name="Name">Letters, digits, <c>_</c> and <c>-</c>.</param>
/// <param name="Command">Handed to <c>/bin/sh -c</c> as it stands.</param>
/// <param name="Line">1-based line number in the file.</param>
/// <param name="Index">
/// 0-based number among the lines that are entries, also those that cannot run, such as a name's second one. Ports are counted by it, so
/// that putting a bad line right moves nobody's port.
/// </param>
public sealed record ProcfileEntry(string Name, string Command, int Line, int Index = 0);

/// <summary>Something to tell about a line of a Procfile, and why.</summary>
/// <param name="Line">1-based line number; 0 when the whole file is meant.</param>
/// <param name="Message">What is wrong and what was expected.</param>
public sealed record ProcfileProblem(int Line, string Message)
{
    public override string ToString() => Line == 0 ? $"Procfile: {Message}" : $"Procfile line {Line}: {Message}";
}
