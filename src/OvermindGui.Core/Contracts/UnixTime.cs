namespace OvermindGui.Core.Contracts;

/// <summary>Stored times: seconds with a fraction where the contract's tables want REAL, whole milliseconds on lines.</summary>
public static class UnixTime
{
    public static double Seconds(this TimeProvider time) => time.Milliseconds() / 1000.0;

    public static long Milliseconds(this TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds();

    public static double ToUnixSeconds(this DateTimeOffset moment) => moment.ToUnixTimeMilliseconds() / 1000.0;

    public static DateTimeOffset FromSeconds(double seconds) => DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1000));
}
