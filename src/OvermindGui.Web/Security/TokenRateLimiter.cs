using System.Net;
using System.Threading.RateLimiting;

namespace OvermindGui.Web.Security;

/// <summary>
/// Limits wrong tokens per address, so that guessing costs us little. The right token and cookies are not counted: browsers send outdated
/// cookies automatically.
/// </summary>
internal sealed class TokenRateLimiter : IDisposable
{
    /// <summary>Number of wrong tokens per address and minute.</summary>
    public const int Guesses = 10;

    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<IPAddress> _limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(
        address => RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = Guesses,
            Window = Window,
        }));

    /// <summary>False when there were too many before it.</summary>
    public bool TryCount(IPAddress address)
    {
        using var lease = _limiter.AttemptAcquire(address);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
