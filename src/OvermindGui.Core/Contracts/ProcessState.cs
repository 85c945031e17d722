namespace OvermindGui.Core.Contracts;

/// <summary>What a process is doing. Stored and shown by its lower-case name.</summary>
public enum ProcessState
{
    /// <summary>Unknown, because no daemon is running.</summary>
    Unknown,

    /// <summary>A start was requested; there is no PID yet.</summary>
    Starting,

    Running,

    /// <summary>A stop was requested; the process has not ended yet.</summary>
    Stopping,

    /// <summary>Ended, or never started, on purpose.</summary>
    Stopped,

    /// <summary>Ended without a stop request, with code 0.</summary>
    Exited,

    /// <summary>Ended without a stop request, with another code or by a signal.</summary>
    Dead,

    /// <summary>Will be started once its dependencies are met or its restart delay is over.</summary>
    Waiting,

    /// <summary>Failed repeatedly right after each start; the next attempt follows after a delay.</summary>
    CrashLoop,

    /// <summary>Stopped because its output matched a failure declaration. The declaration's action decides whether it restarts.</summary>
    Broken,
}

/// <summary>What a process counts as in the statistics; each counts once.</summary>
public enum StateBucket
{
    Running,
    Stopped,
    Dead,
    Broken,
}

/// <summary>
/// The vocabulary of states: one stored value for <c>ps</c>, API and <c>process_status.status</c>, and the statistics bucket of each.
/// <see cref="StateWords"/> has the words of the page.
/// </summary>
public static class ProcessStates
{
    private static readonly (ProcessState State, string Text, StateBucket Bucket)[] All =
    [
        (ProcessState.Unknown, "unknown", StateBucket.Stopped),
        (ProcessState.Starting, "starting", StateBucket.Running),
        (ProcessState.Running, "running", StateBucket.Running),
        (ProcessState.Stopping, "stopping", StateBucket.Running),
        (ProcessState.Stopped, "stopped", StateBucket.Stopped),
        (ProcessState.Exited, "exited", StateBucket.Stopped),
        (ProcessState.Dead, "dead", StateBucket.Dead),
        (ProcessState.Waiting, "waiting", StateBucket.Stopped),
        (ProcessState.CrashLoop, "crash loop", StateBucket.Dead),
        (ProcessState.Broken, "broken", StateBucket.Broken),
    ];

    /// <summary>The stored and printed form: <c>running</c>, <c>stopped</c>, …</summary>
    public static string ToText(this ProcessState state) => Of(state).Text;

    /// <summary>The reverse of <see cref="ToText"/>; anything else is <see cref="ProcessState.Unknown"/>.</summary>
    public static ProcessState Parse(string text) => Array.Find(All, s => s.Text == text).State;

    /// <summary>Converts a stored state. Older versions stored <c>dead</c> for every end and <c>restarting</c> for every restart.</summary>
    /// <param name="exit">How the last run ended.</param>
    /// <param name="crashes">Number of consecutive unrequested ends.</param>
    public static ProcessState Parse(string text, ExitStatus? exit, int crashes) => text switch
    {
        "dead" => AfterEnd(exit),
        "restarting" => BeforeRestart(crashes),
        _ => Parse(text),
    };

    /// <summary>The state after an unrequested end; an unknown exit status counts as a failure.</summary>
    public static ProcessState AfterEnd(ExitStatus? exit) => AfterEnd(exit is { IsSuccess: true });

    /// <summary>The state after an unrequested end.</summary>
    /// <param name="success">Whether the process ended as it should.</param>
    public static ProcessState AfterEnd(bool success) => success ? ProcessState.Exited : ProcessState.Dead;

    /// <summary>The state between an unrequested end and the restart.</summary>
    /// <param name="crashes">Number of consecutive unrequested ends.</param>
    public static ProcessState BeforeRestart(int crashes) => crashes >= ProcessInfo.CrashLoop ? ProcessState.CrashLoop : ProcessState.Waiting;

    /// <summary>The statistics bucket.</summary>
    public static StateBucket Bucket(this ProcessState state) => Of(state).Bucket;

    /// <summary>True when a process is alive or about to be started.</summary>
    public static bool IsUp(this ProcessState state) => state.Bucket() == StateBucket.Running;

    private static (ProcessState State, string Text, StateBucket Bucket) Of(ProcessState state) => Array.Find(All, s => s.State == state);
}
