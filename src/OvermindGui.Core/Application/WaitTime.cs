namespace OvermindGui.Core.Application;

/// <summary>Seconds of a request as a time span.</summary>
public static class WaitTime
{
    /// <param name="seconds">From outside: may be anything.</param>
    /// <param name="longest">Longer waits end then; their answer is a timeout, which the caller may repeat.</param>
    /// <exception cref="RequestException">It is negative, or no number.</exception>
    public static TimeSpan Of(double seconds, TimeSpan longest) => seconds >= 0
        ? TimeSpan.FromSeconds(Math.Min(seconds, longest.TotalSeconds))
        : throw new RequestException(RequestException.BadRequestCode, "timeout_s: expected a number of seconds from 0");
}
