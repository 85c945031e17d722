namespace OvermindGui.Core.Processes;

/// <summary>One process as readers see it.</summary>
/// <param name="Position">0-based position in the Procfile; decides order and colour.</param>
/// <param name="StartedAt">Start of the current or last run.</param>
/// <param name="Exit">How the last run ended; null while it is up or when it never ran.</param>
/// <param name="LineCount">Lines of it in the database.</param>
public sealed record ProcessInfo(
    string Name, int Position, string Command, ProcessState State, int? Pid, DateTimeOffset? StartedAt, ExitStatus? Exit, long LineCount)
{
    /// <summary>What to call the state: like <see cref="ProcessState"/>, but an end by itself with code 0 is no death.</summary>
    public string StateText => State == ProcessState.Dead && Exit is { IsSuccess: true } ? "exited" : State.ToText();

    /// <summary>When a broken process is started again; null when nobody will.</summary>
    public DateTimeOffset? RestartAt { get; init; }

    /// <summary>For people: <c>restarting in 4 s</c>; null when no restart is due.</summary>
    public string? RestartText(DateTimeOffset now) => RestartAt is not { } at ? null
        : (int)Math.Ceiling((at - now).TotalSeconds) is > 0 and var seconds ? $"restarting in {seconds} s" : "restarting";
}
