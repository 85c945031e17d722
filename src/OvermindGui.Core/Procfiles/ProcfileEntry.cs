namespace OvermindGui.Core.Procfiles;

/// <summary>One <c>name: command</c> line of a Procfile.</summary>
/// <param name="Name">Letters, digits, <c>_</c> and <c>-</c>.</param>
/// <param name="Command">Handed to <c>/bin/sh -c</c> as it stands.</param>
/// <param name="Line">1-based line number in the file.</param>
public sealed record ProcfileEntry(string Name, string Command, int Line);

/// <summary>A line that could not be used, and why. The other lines still run.</summary>
/// <param name="Line">1-based line number; 0 when the whole file is meant.</param>
/// <param name="Message">What is wrong and what was expected.</param>
public sealed record ProcfileProblem(int Line, string Message)
{
    public override string ToString() => Line == 0 ? $"Procfile: {Message}" : $"Procfile line {Line}: {Message}";
}
