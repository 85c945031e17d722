using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Project.Settings;

/// <summary>What the side file says of one process; null, or nothing in a collection, for what it does not say.</summary>
/// <param name="Place">Of its name.</param>
public sealed record ProcessSettings(FilePlace Place)
{
    public IReadOnlyList<DependencySetting> DependsOn { get; init; } = [];

    public ReadySetting? Ready { get; init; }

    public bool OneShot { get; init; }

    public RestartRule? Restart { get; init; }

    public StopSignal? StopSignal { get; init; }

    /// <summary>From the stop signal to SIGKILL.</summary>
    public TimeSpan? StopTimeout { get; init; }

    public bool? Pty { get; init; }

    /// <summary>With the line that each stands on as its origin.</summary>
    public IReadOnlyDictionary<string, PlannedVariable> Environment { get; init; } = new Dictionary<string, PlannedVariable>();

    /// <summary>As written: absolute, or from the Procfile's folder.</summary>
    public PlacedText? WorkingDirectory { get; init; }

    public string? Group { get; init; }
}

/// <summary>A text and where it stands.</summary>
public sealed record PlacedText(string Value, FilePlace Place);

/// <param name="Condition">
/// Null when the name stands in a plain list: then until the other has completed where it is one_shot, and else until it is ready.
/// </param>
public sealed record DependencySetting(string Entry, DependencyCondition? Condition, FilePlace Place);

/// <summary>A <see cref="ReadyCheck"/> as it was written: its variables stand for something else in every process.</summary>
/// <param name="Target">A port or address, a URL or path, an expression, a command.</param>
public sealed record ReadySetting(ReadyKind Kind, string Target, TimeSpan Interval, TimeSpan Timeout, FilePlace Place);

/// <summary>The kinds of <see cref="ReadyCheck"/>, by their keys.</summary>
public enum ReadyKind
{
    Tcp,
    Http,
    Log,
    Command,
}
