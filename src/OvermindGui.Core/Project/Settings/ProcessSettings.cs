using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Project.Settings;

/// <summary>The settings of one process in <c>overmind-gui.yaml</c>; null or empty for what is not set.</summary>
/// <param name="Place">Position of its name.</param>
public sealed record ProcessSettings(SourceLocation Place)
{
    public IReadOnlyList<DependencySetting> DependsOn { get; init; } = [];

    public ReadySetting? Ready { get; init; }

    public bool OneShot { get; init; }

    public RestartRule? Restart { get; init; }

    public StopSignal? StopSignal { get; init; }

    /// <summary>How it is asked to end before the stop signal.</summary>
    public StopRequest? Stop { get; init; }

    /// <summary>Time from the stop signal to SIGKILL.</summary>
    public TimeSpan? StopTimeout { get; init; }

    public bool? Pty { get; init; }

    /// <summary>With their line numbers as origin.</summary>
    public IReadOnlyDictionary<string, PlannedVariable> Environment { get; init; } = new Dictionary<string, PlannedVariable>();

    /// <summary>As written: absolute, or relative to the Procfile's folder.</summary>
    public PlacedText? WorkingDirectory { get; init; }

    public string? Group { get; init; }

    public long? MaxMemory { get; init; }

    public CpuLimit? MaxCpu { get; init; }

    /// <summary>Null for 0 alone.</summary>
    public IReadOnlyList<int>? SuccessCodes { get; init; }

    public LivenessSetting? Liveness { get; init; }

    public Schedule? Schedule { get; init; }

    public WatchSetting? Watch { get; init; }
}

/// <summary>A text and its position.</summary>
public sealed record PlacedText(string Value, SourceLocation Place);

/// <param name="Condition">
/// Null for a name in a plain list: then waits until the other process has completed if it is one_shot, otherwise until it is ready.
/// </param>
public sealed record DependencySetting(string Entry, DependencyCondition? Condition, SourceLocation Place);

/// <summary>A <see cref="ReadyCheck"/> before expansion: its variables may differ per process.</summary>
/// <param name="Target">A port or address, a URL or path, an expression, a command.</param>
public sealed record ReadySetting(ReadyKind Kind, string Target, TimeSpan Interval, TimeSpan Timeout, SourceLocation Place);

/// <summary>A <see cref="LivenessCheck"/> before expansion.</summary>
/// <param name="Target">Null to check what the ready check does.</param>
public sealed record LivenessSetting(
    ReadySetting? Target, TimeSpan Interval, TimeSpan Timeout, int Failures, TimeSpan StartPeriod, bool Restarts, SourceLocation Place);

/// <summary>A <see cref="WatchRule"/> whose paths are as written.</summary>
public sealed record WatchSetting(
    IReadOnlyList<PlacedText> Paths, IReadOnlyList<string> Ignore, TimeSpan Debounce, ReloadSignal? Signal, string? Command, bool Cascade);

/// <summary>The kinds of <see cref="ReadyCheck"/>, by their keys.</summary>
public enum ReadyKind
{
    Port,
    Tcp,
    Http,
    Log,
    Command,
}
