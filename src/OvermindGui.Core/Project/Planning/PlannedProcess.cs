using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Project.Planning;

/// <summary>One process of a plan: an instance of a Procfile entry, with everything that files and options set for it.</summary>
public sealed record PlannedProcess
{
    /// <summary><c>web</c>, or <c>web#2</c> when the entry has several instances.</summary>
    public required string Name { get; init; }

    /// <summary>The name in the Procfile.</summary>
    public required string Entry { get; init; }

    /// <summary>1-based number among the instances of its entry.</summary>
    public int Instance { get; init; } = 1;

    /// <summary>1-based line number in the Procfile.</summary>
    public required int Line { get; init; }

    /// <summary>Passed to <see cref="Shell"/> with <c>-c</c>.</summary>
    public required string Command { get; init; }

    public string Shell { get; init; } = "/bin/sh";

    /// <summary>Absolute path.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Why it does not start although it is listed, such as <c>left out by --ignored-processes</c>; null when it starts.</summary>
    public string? NotStartedReason { get; init; }

    /// <summary>Value of <c>PORT</c>; null when ports are off.</summary>
    public int? Port { get; init; }

    /// <summary>Variables that are added to, or override, those inherited from the daemon.</summary>
    public required IReadOnlyDictionary<string, PlannedVariable> Environment { get; init; }

    public RestartRule Restart { get; init; } = RestartRule.Never;

    /// <summary>When it ends unexpectedly and is not restarted, all other processes are stopped, then the daemon.</summary>
    public bool StopAllOnExit { get; init; }

    public StopSignal StopSignal { get; init; } = StopSignal.Terminate;

    /// <summary>How it is asked to end before the stop signal; null when the signal is the first that it gets.</summary>
    public StopRequest? Stop { get; init; }

    /// <summary>Time from the stop signal to SIGKILL.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public IReadOnlyList<Dependency> DependsOn { get; init; } = [];

    /// <summary>The ready check; null when it counts as ready as soon as it runs.</summary>
    public ReadyCheck? Ready { get; init; }

    /// <summary>It is expected to finish its work and exit with code 0.</summary>
    public bool OneShot { get; init; }

    /// <summary>Null for the processes of the Procfile.</summary>
    public OneOff? OneOff { get; init; }

    /// <summary>Whether it runs in a pseudo-terminal; null to follow the daemon's options.</summary>
    public bool? Pty { get; init; }

    /// <summary>Its terminal answers light colours to a program that asks for them.</summary>
    public bool HasLightTerminal { get; init; }

    /// <summary>Processes of a group are shown together.</summary>
    public string? Group { get; init; }

    /// <summary>What it may use before it is restarted; null for no limit.</summary>
    public ResourceLimits? Limits { get; init; }

    /// <summary>The exit codes that count as success.</summary>
    public IReadOnlyList<int> SuccessCodes { get; init; } = [0];

    /// <summary>How to determine that it still works; null for no check.</summary>
    public LivenessCheck? Liveness { get; init; }

    /// <summary>When it is started; null to start it with the others.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>What happens to it when files change; null for nothing.</summary>
    public WatchRule? Watch { get; init; }

    /// <summary>Whether it ended as it should.</summary>
    /// <param name="exit">Null when the exit status is unknown.</param>
    public bool IsSuccess(ExitStatus? exit) => exit is { } known && SuccessCodes.Contains(known.Code);
}

/// <summary>The value of a variable and its source.</summary>
/// <param name="Origin">For display: <c>.env line 3</c>, <c>overmind-gui.yaml line 7</c>, <c>Overmind GUI</c> for PORT and PS.</param>
public sealed record PlannedVariable(string Value, SourceLocation Origin);

/// <summary>A program that was asked for once, and is in no file.</summary>
public enum OneOff
{
    /// <summary>It leaves the list when another one begins after its end.</summary>
    Forgotten,

    /// <summary>It stays in the list, and can be started again.</summary>
    Kept,
}
