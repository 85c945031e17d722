using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Web.Http;

/// <summary>
/// Logs rejected requests without filling the log: the first few per reason and minute, and then the number of the others. It never
/// repeats request data, because that is hostile text.
/// </summary>
internal sealed class RefusalLog(ILogger<RefusalLog> logger, TimeProvider time) : IDisposable
{
    /// <summary>Number of lines per reason and minute, not counting the sum.</summary>
    public const int MostLines = 10;

    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Count> _counts = [];

    /// <param name="reason">One of a small set; each is counted separately.</param>
    public void Add(HttpContext context, string reason) => Add(KnownMethod(context.Request.Method), context.Connection.RemoteIpAddress, reason);

    /// <inheritdoc cref="Add(HttpContext, string)"/>
    public void Add(string method, IPAddress? address, string reason)
    {
        if (IsOneOfTheFirst(reason)) logger.LogWarning("Refused a request ({Method}) from {Address}: {Reason}", method, address, reason);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var count in _counts.Values) count.End.Dispose();
            _counts.Clear();
        }
    }

    private bool IsOneOfTheFirst(string reason)
    {
        lock (_gate)
        {
            if (!_counts.TryGetValue(reason, out var count))
                _counts[reason] = count = new Count(time.CreateTimer(_ => Sum(reason), null, Window, Timeout.InfiniteTimeSpan));
            return ++count.Requests <= MostLines;
        }
    }

    private void Sum(string reason)
    {
        int more;
        lock (_gate)
        {
            if (!_counts.Remove(reason, out var count)) return;
            count.End.Dispose();
            more = count.Requests - MostLines;
        }

        if (more > 0) logger.LogWarning("Refused {Count} within a minute: {Reason}", Quantity.Of(more, "more request", "more requests"), reason);
    }

    private static string KnownMethod(string method) =>
        HttpMethods.IsGet(method) ? "GET" : HttpMethods.IsPost(method) ? "POST" : HttpMethods.IsHead(method) ? "HEAD" : "other";

    private sealed class Count(ITimer end)
    {
        public ITimer End => end;

        public int Requests { get; set; }
    }
}

internal static class RefusalLogHost
{
    public static void AddRefusalLog(this WebApplicationBuilder builder) => builder.Services.AddSingleton<RefusalLog>();
}
