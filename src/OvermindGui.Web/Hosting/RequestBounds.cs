using Microsoft.AspNetCore.Server.Kestrel.Core;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Hosting;

/// <summary>Limits what a client can use: bytes, time and connections.</summary>
internal static class RequestBounds
{
    public static void BoundRequests(this KestrelServerOptions kestrel)
    {
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = ApiErrors.MaxBodySize;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        // A user has a few pages open; each uses one upgraded connection.
        limits.MaxConcurrentConnections = 1_000;
        limits.MaxConcurrentUpgradedConnections = 200;
    }
}
