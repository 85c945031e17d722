namespace OvermindGui.Core.Contracts;

/// <summary>One process as readers see it.</summary>
/// <param name="Position">0-based position in the Procfile; decides the order.</param>
/// <param name="StartedAt">Start of the current or last run.</param>
/// <param name="Exit">How the last run ended; null while it is up or when it never ran.</param>
/// <param name="LineCount">Lines of it in the database.</param>
public sealed record ProcessInfo(
    string Name, int Position, string Command, ProcessState State, int? Pid, DateTimeOffset? StartedAt, ExitStatus? Exit, long LineCount)
{
    /// <summary>From so many ends in a row on it is a crash loop.</summary>
    public const int CrashLoop = 3;

    /// <summary>Its name in the Procfile: <c>web</c> for the instance <c>web#2</c>.</summary>
    public string Entry { get; init; } = Name;

    /// <summary>Which of the colours it has, 0-based: that of its entry, which keeps it when others come, go or are scaled.</summary>
    public int ColorIndex { get; init; } = Position;

    /// <summary>1-based number among the instances of its entry.</summary>
    public int Instance { get; init; } = 1;

    /// <summary>Value of its PORT; null when it has none.</summary>
    public int? Port { get; init; }

    /// <summary>Processes of a group are shown together.</summary>
    public string? Group { get; init; }

    /// <summary>What happens when it ends by itself; null for nothing.</summary>
    public string? Rule { get; init; }

    /// <summary>Why it is in its state, such as <c>third time, exited with 1</c>; null when the state says it all.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether its ready check has passed in this run; null when it has none or does not run.</summary>
    public bool? Ready { get; init; }

    /// <summary>When it is started again; null when nobody will.</summary>
    public DateTimeOffset? RestartAt { get; init; }

    /// <summary>Ends by itself in a row that led, or will lead, to a restart.</summary>
    public int Crashes { get; init; }

    /// <summary>End of the last run; null while it is up or when it never ran.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>For people: <c>restarts in 4 s</c>; null when no restart is due.</summary>
    public string? RestartText(DateTimeOffset now) => RestartAt is not { } at ? null
        : (int)Math.Ceiling((at - now).TotalSeconds) is > 0 and var seconds ? $"restarts in {seconds} s" : "restarting";

    /// <summary>Why it is in its state and what comes next: <c>restarts in 4 s, third time, exited with 1</c>; null when there is nothing to add.</summary>
    public string? Explanation(DateTimeOffset now) => (RestartText(now), Reason) switch
    {
        ({ } restart, { } reason) => $"{restart}, {reason}",
        var (restart, reason) => restart ?? reason,
    };
}
