namespace OvermindGui.Core.Contracts;

/// <summary>
/// Formats how long something has been running. The page's <c>uptime.js</c> updates the text live and must produce the same format.
/// </summary>
public static class UptimeFormatter
{
    public static string Of(TimeSpan uptime) => uptime switch
    {
        { TotalSeconds: < 1 } => "0s",
        { TotalMinutes: < 1 } => $"{uptime.Seconds}s",
        { TotalHours: < 1 } => $"{uptime.Minutes}m {uptime.Seconds}s",
        { TotalDays: < 1 } => $"{uptime.Hours}h {uptime.Minutes}m",
        _ => $"{uptime.Days}d {uptime.Hours}h",
    };
}
