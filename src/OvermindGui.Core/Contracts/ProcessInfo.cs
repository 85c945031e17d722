namespace OvermindGui.Core.Contracts;

/// <summary>One process as readers see it.</summary>
/// <param name="Position">0-based position in the Procfile; decides the order.</param>
/// <param name="StartedAt">Start of the current or last run.</param>
/// <param name="Exit">How the last run ended; null while it is running or if it has never run.</param>
/// <param name="LineCount">Number of its lines in the database.</param>
public sealed record ProcessInfo(
    string Name, int Position, string Command, ProcessState State, int? Pid, DateTimeOffset? StartedAt, ExitStatus? Exit, long LineCount)
{
    /// <summary>Number of consecutive unrequested ends from which on a process counts as crash looping.</summary>
    public const int CrashLoop = 3;

    /// <summary>The name in the Procfile: <c>web</c> for the instance <c>web#2</c>.</summary>
    public string Entry { get; init; } = Name;

    /// <summary>0-based colour number of its entry; stays the same when entries are added, removed or scaled.</summary>
    public int ColorIndex { get; init; } = Position;

    /// <summary>1-based number among the instances of its entry.</summary>
    public int Instance { get; init; } = 1;

    /// <summary>Value of its PORT; null when it has none.</summary>
    public int? Port { get; init; }

    /// <summary>Who started the current or last run; null when that was not recorded.</summary>
    public Initiator? StartedBy { get; init; }

    /// <summary>The ports on which it and its descendants listen, as <see cref="ListeningPort.Text"/> writes them; null for none.</summary>
    public string? Listening { get; init; }

    /// <summary>The TCP ports of <see cref="Listening"/>.</summary>
    public IReadOnlyList<int> TcpPorts => [.. ListeningPort.Parse(Listening).Where(p => !p.IsUdp).Select(p => p.Port)];

    /// <summary>For display: where it listens, if that is not its planned port; null otherwise.</summary>
    public string? OtherPorts => Listening is null || Listening == Port?.ToString(System.Globalization.CultureInfo.InvariantCulture) ? null
        : Port is { } planned && !TcpPorts.Contains(planned) ? $"listens on {Listening}, not on {planned}"
        : $"listens on {Listening}";

    /// <summary>Processes of a group are shown together.</summary>
    public string? Group { get; init; }

    /// <summary>What happens when it ends unexpectedly; null for nothing.</summary>
    public string? Rule { get; init; }

    /// <summary>Reason for the state, such as <c>third time, exited with 1</c>; null when there is nothing to add.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether its ready check has passed in this run; null without a check, or when it is not running.</summary>
    public bool? Ready { get; init; }

    /// <summary>Whether its liveness check passes; null without a check, or when it is not running.</summary>
    public bool? Healthy { get; init; }

    /// <summary>What it waits for someone to type; null when it waits for no input.</summary>
    public InputWait? WaitingForInput { get; init; }

    /// <summary>Who is attached to its terminal, one name per line, such as <c>cli:alice</c>, <c>page</c> or <c>cli:bob (read-only)</c>; null for none.</summary>
    public string? Attached { get; init; }

    /// <summary>For display: who is attached; null for none.</summary>
    public string? AttachedText => Attached is null ? null : $"attached: {Attached.Replace("\n", ", ", StringComparison.Ordinal)}";

    /// <summary>When its schedule starts it next; null without a schedule.</summary>
    public DateTimeOffset? NextRun { get; init; }

    /// <summary>Time of the next automatic restart; null when none is scheduled.</summary>
    public DateTimeOffset? RestartAt { get; init; }

    /// <summary>Number of consecutive unrequested ends that led, or will lead, to a restart.</summary>
    public int Crashes { get; init; }

    /// <summary>End of the last run; null while it is running or if it has never run.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>For display: <c>restarts in 4 s</c>; null when no restart is scheduled.</summary>
    public string? RestartText(DateTimeOffset now) => RestartAt is not { } at ? null
        : (int)Math.Ceiling((at - now).TotalSeconds) is > 0 and var seconds ? $"restarts in {seconds} s" : "restarting";

    /// <summary>For display: <c>next run in 4 min</c>; null without a schedule.</summary>
    public string? NextRunText(DateTimeOffset now) => NextRun is { } next && !State.IsUp() ? $"next run {StateWords.In(next - now)}" : null;

    /// <summary>
    /// Reason for the state and the next step: <c>restarts in 4 s, third time, exited with 1</c>; null when there is nothing to add.
    /// </summary>
    public string? Explanation(DateTimeOffset now) => (RestartText(now) ?? NextRunText(now), Reason) switch
    {
        ({ } restart, { } reason) => $"{restart}, {reason}",
        var (restart, reason) => restart ?? reason,
    };
}
