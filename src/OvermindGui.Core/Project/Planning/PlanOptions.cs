namespace OvermindGui.Core.Project.Planning;

/// <summary>
/// The flags of <c>start</c> as given; null for a missing flag. Each overrides its variable, which may come from the environment or from an
/// environment file.
/// </summary>
public sealed record PlanOptions
{
    /// <summary><c>--procfile</c>, <c>OVERMIND_PROCFILE</c>: relative to the project's folder.</summary>
    public string? Procfile { get; init; }

    /// <summary>
    /// <c>--root</c>: working directory of the processes, relative to the project's folder; the Procfile's folder by default.
    /// </summary>
    public string? Root { get; init; }

    /// <summary><c>--base-port</c>, <c>OVERMIND_PORT</c>, <c>PORT</c>.</summary>
    public string? BasePort { get; init; }

    /// <summary><c>--port-step</c>, <c>OVERMIND_PORT_STEP</c>: from one entry to the next.</summary>
    public string? PortStep { get; init; }

    /// <summary><c>--no-port</c>, <c>OVERMIND_NO_PORT</c>.</summary>
    public bool? NoPort { get; init; }

    /// <summary><c>--formation</c>, <c>OVERMIND_FORMATION</c>: <c>web=2,worker=0,all=1</c>.</summary>
    public string? Formation { get; init; }

    /// <summary><c>--processes</c>, <c>OVERMIND_PROCESSES</c>: comma list of the only entries that start.</summary>
    public string? Only { get; init; }

    /// <summary><c>--ignored-processes</c>, <c>OVERMIND_IGNORED_PROCESSES</c>: comma list of entries that do not start.</summary>
    public string? Except { get; init; }

    /// <summary><c>--can-die</c>, <c>OVERMIND_CAN_DIE</c>: comma list; when any other entry ends, all are stopped.</summary>
    public string? CanDie { get; init; }

    /// <summary><c>--any-can-die</c>, <c>OVERMIND_ANY_CAN_DIE</c>.</summary>
    public bool? AnyCanDie { get; init; }

    /// <summary><c>--exit-with-any</c>, <c>OVERMIND_GUI_EXIT_WITH_ANY</c>: when one process ends, all are stopped.</summary>
    public bool? ExitWithAny { get; init; }

    /// <summary><c>--auto-restart</c>, <c>OVERMIND_AUTO_RESTART</c>: comma list, or <c>all</c>.</summary>
    public string? AutoRestart { get; init; }

    /// <summary><c>--stop-signals</c>, <c>OVERMIND_STOP_SIGNALS</c>: <c>web=TERM,api=INT</c>, or <c>QUIT</c> for all.</summary>
    public string? StopSignals { get; init; }

    /// <summary><c>--timeout</c>, <c>OVERMIND_TIMEOUT</c>: seconds between the stop signal and SIGKILL.</summary>
    public string? Timeout { get; init; }

    /// <summary><c>--env</c>, <c>OVERMIND_ENV</c>: comma list of environment files.</summary>
    public string? Env { get; init; }

    /// <summary><c>--env-layers</c>, <c>OVERMIND_GUI_ENV_LAYERS</c>: also read the layers of <c>.env</c>.</summary>
    public bool? EnvLayers { get; init; }

    /// <summary><c>--shell</c>, <c>OVERMIND_SHELL</c>.</summary>
    public string? Shell { get; init; }

    /// <summary><c>--colors</c>, <c>OVERMIND_COLORS</c>: comma list of xterm colours, 0 to 255.</summary>
    public string? Colors { get; init; }

    /// <summary><c>--show-timestamps</c>, <c>OVERMIND_SHOW_TIMESTAMPS</c>.</summary>
    public bool? ShowTimestamps { get; init; }
}
