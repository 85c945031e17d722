namespace OvermindGui.Core.Contracts;

/// <summary>What a process is doing. Stored and shown by its lower-case name.</summary>
public enum ProcessState
{
    /// <summary>Not known: no daemon is alive to say.</summary>
    Unknown,

    /// <summary>A start was asked for; there is no PID yet.</summary>
    Starting,

    Running,

    /// <summary>A stop was asked for; the process has not ended yet.</summary>
    Stopping,

    /// <summary>Ended, or never started, on purpose.</summary>
    Stopped,

    /// <summary>Ended by itself with code 0.</summary>
    Exited,

    /// <summary>Ended by itself with another code or by a signal: it failed.</summary>
    Dead,

    /// <summary>To be started: once what it depends on is there, or after the pause before its restart.</summary>
    Waiting,

    /// <summary>Failed again and again as soon as it was started; the next attempt follows after a pause.</summary>
    CrashLoop,

    /// <summary>Stopped because its output matched a failure declaration. It may be started again by itself, or stay so.</summary>
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
/// The vocabulary of states: one stored value for <c>ps</c>, API and <c>process_status.status</c>, and what each counts as.
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

    /// <summary>The state that a row holds. Older versions stored <c>dead</c> for every end and <c>restarting</c> for every restart.</summary>
    /// <param name="exit">How the last run ended.</param>
    /// <param name="crashes">Ends by itself in a row.</param>
    public static ProcessState Parse(string text, ExitStatus? exit, int crashes) => text switch
    {
        "dead" => AfterEnd(exit),
        "restarting" => BeforeRestart(crashes),
        _ => Parse(text),
    };

    /// <summary>The state after an end that was not asked for; an unknown end counts as a failure.</summary>
    public static ProcessState AfterEnd(ExitStatus? exit) => exit is { IsSuccess: true } ? ProcessState.Exited : ProcessState.Dead;

    /// <summary>The state until a process is started again.</summary>
    /// <param name="crashes">Ends by itself in a row.</param>
    public static ProcessState BeforeRestart(int crashes) => crashes >= ProcessInfo.CrashLoop ? ProcessState.CrashLoop : ProcessState.Waiting;

    /// <summary>What it counts as.</summary>
    public static StateBucket Bucket(this ProcessState state) => Of(state).Bucket;

    /// <summary>True while there is, or is about to be, a living process.</summary>
    public static bool IsUp(this ProcessState state) => state.Bucket() == StateBucket.Running;

    private static (ProcessState State, string Text, StateBucket Bucket) Of(ProcessState state) => Array.Find(All, s => s.State == state);
}
