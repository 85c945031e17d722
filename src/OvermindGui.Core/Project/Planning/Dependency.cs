namespace OvermindGui.Core.Project.Planning;

/// <summary>What has to be true before a process is started.</summary>
/// <param name="Entry">Name in the Procfile; all instances of it that run are meant.</param>
public sealed record Dependency(string Entry, DependencyCondition Condition);

public enum DependencyCondition
{
    /// <summary>It has been started.</summary>
    Started,

    /// <summary>Its <see cref="ReadyCheck"/> has passed; without one, it runs.</summary>
    Ready,

    /// <summary>It has ended with exit code 0.</summary>
    Completed,
}
