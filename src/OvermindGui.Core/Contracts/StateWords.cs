using System.Globalization;

namespace OvermindGui.Core.Contracts;

/// <summary>What the page calls the state of a process.</summary>
/// <param name="Word">The state itself: <c>running</c>, <c>failed</c>, <c>restarts in 4 s</c>, <c>waiting for db to be ready</c>.</param>
/// <param name="Detail">How it ended and when, such as <c>exit 3 · 2 min ago</c>; null when there is nothing to add.</param>
public readonly record struct StateWords(string Word, string? Detail)
{
    /// <summary>The word for a process that asks a question.</summary>
    public const string WaitingForInput = "waiting for input";

    /// <summary>The words for a state as it is now.</summary>
    public static StateWords Of(ProcessInfo process, DateTimeOffset now) => process.State switch
    {
        ProcessState.Running when process.WaitingForInput is not null => new(WaitingForInput, null),
        ProcessState.Running when process.Ready == false => new("not ready", null),
        ProcessState.Running when process.Healthy == false => new("unhealthy", null),
        ProcessState.Stopped or ProcessState.Exited when process.NextRun is not null => new(
            process.StartedAt is null ? "scheduled" : process.State.ToText(), process.NextRunText(now)),
        ProcessState.Waiting => new(process.RestartText(now) ?? process.Reason ?? "waiting", null),
        ProcessState.Stopped when process.StartedAt is null => new("not started", null),
        ProcessState.Dead => new("failed", End(process, now)),
        ProcessState.CrashLoop => new(
            $"failed, {process.RestartText(now) ?? "restarting"} ({Ordinal(process.Crashes)} time)", End(process, now)),
        ProcessState.Broken => new("failed (rule)", process.RestartText(now)),
        var state => new(state.ToText(), null),
    };

    /// <summary>How long ago, in one unit: <c>12 s ago</c>, <c>2 min ago</c>, <c>3 h ago</c>, <c>5 d ago</c>.</summary>
    public static string Ago(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => "just now",
        { TotalMinutes: < 1 } => $"{time.Seconds} s ago",
        { TotalHours: < 1 } => $"{time.Minutes} min ago",
        { TotalDays: < 1 } => $"{time.Hours} h ago",
        _ => $"{time.Days} d ago",
    };

    /// <summary>How soon, in one unit: <c>now</c>, <c>in 12 s</c>, <c>in 2 min</c>, <c>in 3 h</c>, <c>in 5 d</c>.</summary>
    public static string In(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => "now",
        { TotalMinutes: < 1 } => $"in {time.Seconds} s",
        { TotalHours: < 1 } => $"in {time.Minutes} min",
        { TotalDays: < 1 } => $"in {time.Hours} h",
        _ => $"in {time.Days} d",
    };

    /// <summary>1st, 2nd, 3rd, 4th, … 11th, … 21st, …</summary>
    public static string Ordinal(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $"{number}{(number % 100, number % 10) switch { ( >= 11 and <= 13, _) => "th", (_, 1) => "st", (_, 2) => "nd", (_, 3) => "rd", _ => "th" }}");

    /// <summary>All in one line: <c>failed · exit 3 · 2 min ago</c>.</summary>
    public override string ToString() => Detail is null ? Word : $"{Word} · {Detail}";

    private static string? End(ProcessInfo process, DateTimeOffset now)
    {
        var how = process.Exit is not { } exit ? null : exit.Signal is null ? $"exit {exit.ToShortText()}" : exit.ToShortText();
        var when = process.EndedAt is { } ended ? Ago(now - ended) : null;
        return how is null || when is null ? how ?? when : $"{how} · {when}";
    }
}
