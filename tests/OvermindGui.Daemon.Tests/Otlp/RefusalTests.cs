using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Tests.Support;
using OvermindGui.Otlp.Protocol;

namespace OvermindGui.Daemon.Tests.Otlp;

/// <summary>An engine for logs that does not take everything: clear words on the machine, and no line is lost that it would take later.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task An_engine_that_asks_for_a_pause_gets_it()
    {
        await using var engine = await OtlpReceiver.StartAsync();
        engine.Refusal = (_, response) =>
        {
            if (!engine.Requests.IsEmpty) return Task.FromResult(false);
            response.StatusCode = StatusCodes.Status429TooManyRequests;
            response.Headers.RetryAfter = "3";
            return Task.FromResult(true);
        };
        await using var project = await ExportingProject.StartAsync(engine, new OtlpFlags(), "web: echo hello; exec sleep 100");
        Assert.Contains("answers 429", (await project.WaitForShippingAsync(s => s.State == ShippingState.Waiting)).Message, StringComparison.Ordinal);
        await project.WaitForAsync(() => engine.Texts.Contains("hello") && engine.Requests.Count > 1);
        var times = engine.Requests.Select(r => r.At).ToList();
        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(3), $"the pause was {times[1] - times[0]}");
    }

    [Fact]
    public async Task What_is_rejected_is_reported_and_not_sent_again()
    {
        await using var engine = await OtlpReceiver.StartAsync();
        engine.Answer = new ExportLogsServiceResponse { PartialSuccess = new ExportLogsPartialSuccess { RejectedLogRecords = 1, ErrorMessage = "entry\ntoo far behind" } };
        await using var project = await ExportingProject.StartAsync(engine, new OtlpFlags(), "web: echo hello; exec sleep 100");
        var shipping = await project.WaitForShippingAsync(s => s.Message is not null);
        Assert.Equal((ShippingState.Shipping, "it has rejected 1 line: entry too far behind"), (shipping.State, shipping.Message));
        await project.StopAsync();
        Assert.Single(engine.Texts, "hello");
        Assert.Single(engine.Texts, text => text.StartsWith("it has rejected", StringComparison.Ordinal)); // said once among the output
    }

    [Fact]
    public async Task One_line_that_is_refused_does_not_hold_up_the_others()
    {
        await using var engine = await OtlpReceiver.StartAsync();
        engine.Refusal = (request, response) => OtlpReceiver.RefuseAsync(response, TextsOf(request).Contains("poison"), StatusCodes.Status400BadRequest, "body is poisonous");
        await using var project = await ExportingProject.StartAsync(engine, new OtlpFlags(), "web: seq 1 20; echo poison; seq 21 40; exec sleep 100");
        await project.WaitForAsync(() => engine.Texts.Contains("40"));
        Assert.Equal(Enumerable.Range(1, 40).Select(i => $"{i}"), engine.Texts.Where(t => int.TryParse(t, out _)));
        var shipping = await project.WaitForShippingAsync(s => s.Message is not null);
        Assert.Contains("rejected 1 line", shipping.Message, StringComparison.Ordinal);
        Assert.Contains("body is poisonous", shipping.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batches_that_are_too_large_are_divided()
    {
        await using var engine = await OtlpReceiver.StartAsync();
        engine.Refusal = (request, response) => OtlpReceiver.RefuseAsync(response, TextsOf(request).Count() > 16, StatusCodes.Status413PayloadTooLarge, "");
        await using var project = await ExportingProject.StartAsync(engine, new OtlpFlags(), "web: seq 1 100; exec sleep 100");
        await project.WaitForAsync(() => engine.Texts.Contains("100"));
        Assert.Equal(Enumerable.Range(1, 100).Select(i => $"{i}"), engine.Texts.Where(t => int.TryParse(t, out _)));
        Assert.Null((await project.WaitForShippingAsync(s => s.Ships)).Message);
    }

    [Theory]
    [InlineData(400, "refuses the lines (400: no such tenant)")]
    [InlineData(401, "refuses the login (401: no such tenant)")]
    [InlineData(404, "is the URL the one for OTLP over HTTP?")]
    [InlineData(302, "redirects are not followed")]
    [InlineData(200, "answers with a web page")]
    public async Task An_engine_that_takes_nothing_is_named_and_loses_nothing(int status, string words)
    {
        await using var engine = await OtlpReceiver.StartAsync();
        engine.Refusal = (_, response) =>
        {
            if (status == 302) response.Headers.Location = "http://elsewhere.example/login?secret=1";
            return OtlpReceiver.RefuseAsync(response, true, status, status == 200 ? "<html>" : "no such tenant", status == 200 ? "text/html" : "text/plain");
        };
        await using var project = await ExportingProject.StartAsync(engine, new OtlpFlags(), "web: echo hello; exec sleep 100");
        Assert.Contains(words, (await project.WaitForShippingAsync(s => s.State == ShippingState.Refused)).Message, StringComparison.Ordinal);
        engine.Refusal = null;
        await project.WaitForAsync(() => engine.Texts.Contains("hello"));
    }

    [Fact]
    public async Task Only_certificates_of_a_trusted_authority_are_accepted()
    {
        using var folder = new TestFolder();
        using var certificate = Certificate(out var pem);
        var authority = Path.Combine(folder.Folder.Root, "ca.pem");
        await File.WriteAllTextAsync(authority, pem, TestContext.Current.CancellationToken);
        await using var engine = await OtlpReceiver.StartAsync(certificate);
        await using var distrusting = await ExportingProject.StartAsync(engine, new OtlpFlags(), "web: echo hello; exec sleep 100");
        Assert.Contains("is not trusted", (await distrusting.WaitForShippingAsync(s => s.State == ShippingState.Refused)).Message, StringComparison.Ordinal);
        await distrusting.StopAsync();
        Assert.Empty(engine.Texts);
        await using var trusting = await ExportingProject.StartAsync(engine, new OtlpFlags { AuthorityFile = authority }, "web: echo hello; exec sleep 100");
        await trusting.WaitForAsync(() => engine.Texts.Contains("hello"));
        await using var wrong = await ExportingProject.StartAsync(engine, new OtlpFlags { AuthorityFile = trusting.Daemon.Folder.Procfile }, "web: exec sleep 100");
        Assert.Contains("has no certificate", (await wrong.WaitForShippingAsync(s => s.State == ShippingState.Refused)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> TextsOf(ExportLogsServiceRequest request) =>
        request.ResourceLogs.SelectMany(r => r.ScopeLogs).SelectMany(s => s.LogRecords).Select(r => r.Body.StringValue);

    private static X509Certificate2 Certificate(out string pem)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        pem = made.ExportCertificatePem();
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
