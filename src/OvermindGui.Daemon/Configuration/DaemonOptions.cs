using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Registry;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Daemon.Configuration;

public sealed record DaemonOptions
{
    public required ProjectFolder Folder { get; init; }

    /// <summary>Started by another process of ours: say when it serves, then leave that one's terminal and session.</summary>
    public bool Detached { get; init; }

    /// <summary>Log at debug level.</summary>
    public bool Debug { get; init; }

    /// <summary>Who runs the processes.</summary>
    public DaemonMode Mode { get; init; }

    /// <summary>Where overmind and tmux are looked for, as in PATH.</summary>
    public string SearchPath { get; init; } = Environment.GetEnvironmentVariable("PATH") ?? "";

    /// <summary>Size of the processes' terminals.</summary>
    public TerminalSize Window { get; init; } = TerminalSize.Default;

    /// <summary>Which processes get pipes instead of a terminal.</summary>
    public PipedProcesses Piped { get; init; } = PipedProcesses.None;

    /// <summary>What is done about a failure declaration that does not say.</summary>
    public FailureAction OnFailure { get; init; } = FailureAction.Restart;

    /// <summary>How much output is kept, as options and variables say; the settings file may say the rest.</summary>
    public RetentionLimits Keep { get; init; } = new();

    /// <summary>Bytes of output that are kept in memory, roughly, while the database cannot be written.</summary>
    public long HeldOutput { get; init; } = 32 << 20;

    /// <summary>The flags that say what is to run and how.</summary>
    public PlanOptions Plan { get; init; } = new();

    /// <summary>What is done about processes that a killed daemon has left.</summary>
    public OrphanChoice Orphans { get; init; }

    /// <summary>Apply changed files without being asked.</summary>
    public bool Watch { get; init; }

    /// <summary>Where the project is registered for its user; null for nowhere.</summary>
    public UserState? UserState { get; init; }

    /// <summary>The options as they were given, to start a daemon with them again.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The hub that output and states are shipped to.</summary>
    public HubFlags Hub { get; init; } = new();

    /// <summary>The engine for logs that output is sent to.</summary>
    public OtlpFlags Otlp { get; init; } = new();

    /// <summary>What is started when it begins. In overmind mode, overmind starts everything.</summary>
    public FirstStart FirstStart { get; init; } = FirstStart.OfAll;

    /// <summary>The clock of everything in the daemon.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A clock that does not follow the time of day; a difference between the two shows that the system time was set.</summary>
    public TimeProvider BootTime { get; init; } = BootClock.Instance;
}
