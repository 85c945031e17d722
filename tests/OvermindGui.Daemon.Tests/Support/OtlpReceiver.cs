using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OvermindGui.Otlp.Protocol;

namespace OvermindGui.Daemon.Tests.Support;

/// <summary>An engine for logs: takes OTLP over HTTP, keeps what it took, and answers as the test wants it.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private WebApplication? _server;

    /// <summary>What it took, in the order of arrival.</summary>
    public ConcurrentQueue<ExportLogsServiceRequest> Taken { get; } = [];

    /// <summary>Headers of all requests, and when they came.</summary>
    public ConcurrentQueue<(IReadOnlyDictionary<string, string> Headers, DateTime At, int Status)> Requests { get; } = [];

    /// <summary>Answers a request instead of taking it; null takes it.</summary>
    public Func<ExportLogsServiceRequest, HttpResponse, Task<bool>>? Refusal { get; set; }

    /// <summary>What is said to the next lines that are taken.</summary>
    public ExportLogsServiceResponse? Answer { get; set; }

    public Uri Url { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>The texts that it took, in the order of arrival.</summary>
    public IReadOnlyList<string> Texts => [.. Records.Select(r => r.Body.StringValue)];

    public IEnumerable<LogRecord> Records => Taken.SelectMany(request => request.ResourceLogs).SelectMany(resource => resource.ScopeLogs).SelectMany(scope => scope.LogRecords);

    public static async Task<OtlpReceiver> StartAsync(X509Certificate2? certificate = null)
    {
        var receiver = new OtlpReceiver();
        await receiver.ServeAsync(certificate);
        return receiver;
    }

    /// <summary>Begins, or begins again at the same address.</summary>
    public async Task ServeAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions()); // watches no files
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(o => o.Listen(IPAddress.Loopback, Url.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        if (certificate is not null) builder.WebHost.UseKestrelHttpsConfiguration();
        _server = builder.Build();
        _server.MapPost("/v1/logs", TakeAsync);
        await _server.StartAsync();
        Url = new Uri(_server.Urls.Single());
    }

    /// <summary>Ends it; connections are cut.</summary>
    public async Task StopAsync()
    {
        if (_server is null) return;
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
        _server = null;
    }

    /// <summary>Writes a refusal, if that is wanted.</summary>
    /// <returns>Whether it was.</returns>
    public static async Task<bool> RefuseAsync(HttpResponse response, bool refuses, int status, string words, string type = "text/plain")
    {
        if (!refuses) return false;
        (response.StatusCode, response.ContentType) = (status, type);
        await response.WriteAsync(words);
        return true;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var at = DateTime.UtcNow;
        Assert.Equal("application/x-protobuf", context.Request.ContentType);
        await using var body = context.Request.Headers.ContentEncoding == "gzip" ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes);
        var request = ExportLogsServiceRequest.Parser.ParseFrom(bytes.ToArray());
        if (Refusal is not { } refuse || !await refuse(request, context.Response))
        {
            if (request.ResourceLogs.Count > 0) Taken.Enqueue(request);
            context.Response.ContentType = "application/x-protobuf";
            await context.Response.Body.WriteAsync((Answer ?? new ExportLogsServiceResponse()).ToByteArray());
            Answer = null;
        }

        Requests.Enqueue((context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString()), at, context.Response.StatusCode));
    }
}
