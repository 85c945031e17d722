using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Capture;

namespace OvermindGui.Daemon.Supervision.Failures;

/// <summary>Messages about failures, for the output and the failure history.</summary>
internal static class FailureMessages
{
    public const string Noted = "noted";
    public const string Restarted = "restarted";

    /// <summary>It came too late to be acted upon.</summary>
    public const string TakenOver = "nothing: it was being stopped or started already";

    /// <param name="delay">From the end of the process to its restart; null without one.</param>
    /// <param name="hits">Hits in a row, with this one.</param>
    public static string Notice(DetectedFailure failure, TimeProvider time, TimeSpan? delay = null, int hits = 0)
    {
        var at = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(failure.Time), time.LocalTimeZone);
        var what = string.Create(
            CultureInfo.InvariantCulture, $"Failure declaration \"{VisibleText.Of(failure.Declaration.Pattern)}\" matched at {at:yyyy-MM-dd HH:mm:ss}");
        return failure.Action switch
        {
            FailureAction.Notify => what,
            FailureAction.Restart when delay is { } wait => $"{what}: stopping, and starting again after {Seconds(wait)} (hit {hits} of {RestartBackoff.MostHits})",
            FailureAction.Restart => $"{what}: stopping; after {hits} hits in a row it stays broken until it is started by hand",
            _ => $"{what}: stopping; it stays broken until it is started by hand",
        };
    }

    public static string Outcome(DetectedFailure failure, TimeSpan? delay) =>
        failure.Action == FailureAction.Stop ? "stopped"
        : delay is { } wait ? $"restarts after {Seconds(wait)}"
        : $"stays broken: {RestartBackoff.MostHits} hits in a row";

    /// <summary>Why it is broken.</summary>
    public static string Reason(DetectedFailure failure) => $"\"{VisibleText.Of(failure.Declaration.Pattern)}\" was printed";

    /// <summary>Why it is started again.</summary>
    /// <param name="times">Ends in a row, with this one.</param>
    public static string Reason(EndedByItself end, int times) => $"{Ordinal(times)} time, {end.Reason ?? end.Exit?.ToString() ?? "ended"}";

    /// <summary>Why it is started again.</summary>
    /// <param name="times">Restarts in a row, with this one.</param>
    public static string Reason(RuleViolation violation, int times) => times == 1 ? violation.Reason : $"{Ordinal(times)} time, {violation.Reason}";

    public static string Notice(RuleViolation violation, TimeSpan delay, int times)
    {
        var what = $"{char.ToUpperInvariant(violation.Reason[0])}{violation.Reason[1..]}: stopping, and starting again after {Seconds(delay)}";
        return times < ProcessInfo.CrashLoop ? what : $"{what} (the {Ordinal(times)} time in a row)";
    }

    public static string Notice(TimeSpan delay, int times) => times < ProcessInfo.CrashLoop
        ? $"Starting again in {Seconds(delay)}"
        : $"Crash loop: it ended for the {Ordinal(times)} time in a row; starting again in {Seconds(delay)}";

    /// <param name="what">The manual command, such as <c>stopped</c>.</param>
    public static string Cancelled(string what) => $"restart cancelled: it was {what}";

    private static string Ordinal(int number) =>
        number <= Ordinals.Length ? Ordinals[number - 1] : string.Create(CultureInfo.InvariantCulture, $"{number}{Ending(number)}");

    private static string Ending(int number) => (number % 100, number % 10) switch
    {
        (not 11, 1) => "st",
        (not 12, 2) => "nd",
        (not 13, 3) => "rd",
        _ => "th",
    };

    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");
}
