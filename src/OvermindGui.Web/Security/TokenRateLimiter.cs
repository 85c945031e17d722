using System.Net;
using System.Threading.RateLimiting;

namespace OvermindGui.Web.Security;

/// <summary>
/// Bounds the wrong tokens from an address, so that one who guesses costs little. The right token and cookies are not counted: a browser
/// brings an outdated cookie by itself.
/// </summary>
internal sealed class TokenRateLimiter : IDisposable
{
    /// <summary>How many an address may have wrong in a minute.</summary>
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
