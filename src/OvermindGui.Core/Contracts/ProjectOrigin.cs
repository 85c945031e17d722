namespace OvermindGui.Core.Contracts;

/// <summary>Which of many projects something is of.</summary>
/// <param name="Host">The machine's name.</param>
/// <param name="Project">The project's name.</param>
/// <param name="ProjectId">The project's number in the hub.</param>
public sealed record ProjectOrigin(string Host, string Project, int ProjectId)
{
    public override string ToString() => $"{Host}/{Project}";
}
