namespace OvermindGui.Web.Components.Processes;

/// <summary>The text that <c>uptime.js</c> then keeps ticking; both must write the same.</summary>
internal static class UptimeText
{
    public static string Of(TimeSpan uptime) => uptime switch
    {
        { TotalSeconds: < 1 } => $"0s",
        { TotalMinutes: < 1 } => $"{uptime.Seconds}s",
        { TotalHours: < 1 } => $"{uptime.Minutes}m {uptime.Seconds}s",
        { TotalDays: < 1 } => $"{uptime.Hours}h {uptime.Minutes}m",
        _ => $"{uptime.Days}d {uptime.Hours}h",
    };
}
