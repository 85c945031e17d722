namespace OvermindGui.Core.Project.Planning;

/// <summary>A condition for starting a process.</summary>
/// <param name="Entry">The name in the Procfile; refers to all of its running instances.</param>
public sealed record Dependency(string Entry, DependencyCondition Condition);

public enum DependencyCondition
{
    /// <summary>It has been started.</summary>
    Started,

    /// <summary>Its <see cref="ReadyCheck"/> has passed; without one, it is running.</summary>
    Ready,

    /// <summary>It has ended with exit code 0.</summary>
    Completed,
}
