using System.Net;
using System.Threading.RateLimiting;

namespace OvermindGui.Web.Security;

/// <summary>
/// After so many wrong tokens from an address, none from there is looked at for the rest of a minute. Cookies are not guesses: a browser
/// brings an outdated one by itself, and whoever is in stays in.
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

    public bool IsReached(IPAddress address)
    {
        using var lease = _limiter.AttemptAcquire(address, 0);
        return !lease.IsAcquired;
    }

    public void Count(IPAddress address) => _limiter.AttemptAcquire(address).Dispose();

    public void Dispose() => _limiter.Dispose();
}
