using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Tests.Support;
using OvermindGui.Otlp.Protocol;

namespace OvermindGui.Daemon.Tests.Otlp;

/// <summary>Lines reach an engine for logs at least once, whatever happens to it, and nothing local waits for it.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task Lines_arrive_with_what_is_known_of_them()
    {
        await using var engine = await OtlpReceiver.StartAsync();
        await using var project = await ExportingProject.StartAsync(engine, new OtlpFlags { Headers = [new OtlpHeader("X-Scope-OrgID", "shop")] }, "web: echo 'ERROR: broken' >&2; echo fine; exec sleep 100");
        await project.WaitForAsync(() => engine.Texts.Contains("fine") && engine.Texts.Contains("ERROR: broken"));
        var web = engine.Taken.SelectMany(r => r.ResourceLogs).First(r => Text(r.Resource.Attributes, "service.name") == "web");
        Assert.Equal(project.Daemon.Folder.Name, Text(web.Resource.Attributes, "service.namespace"));
        Assert.Equal(Environment.MachineName, Text(web.Resource.Attributes, "host.name"));
        var broken = engine.Records.Single(r => r.Body.StringValue == "ERROR: broken");
        Assert.Equal((SeverityNumber.Error, "ERROR", "stderr"), (broken.SeverityNumber, broken.SeverityText, Text(broken.Attributes, "log.iostream")));
        var line = project.Daemon.Output("web").Single(l => l.Text == "ERROR: broken");
        Assert.Equal(line.Id, broken.Attributes.Single(a => a.Key == "overmind.line").Value.IntValue);
        Assert.Equal(project.Daemon.RunId("web"), broken.Attributes.Single(a => a.Key == "overmind.run").Value.IntValue);
        Assert.All(engine.Requests, r => Assert.Equal(("gzip", "shop"), (r.Headers["Content-Encoding"], r.Headers["X-Scope-OrgID"])));
    }

    [Fact]
    public async Task An_engine_that_is_away_gets_everything_later()
    {
        await using var engine = await OtlpReceiver.StartAsync();
        await using var project = await ExportingProject.StartAsync(engine, new OtlpFlags { Compresses = false }, "web: echo first; while [ ! -e go ]; do sleep 0.05; done; seq 1 3000; exec sleep 100");
        await project.WaitForAsync(() => engine.Texts.Contains("first"));
        await engine.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(project.Daemon.Folder.Root, "go"), "", TestContext.Current.CancellationToken);
        Assert.Contains("cannot be reached", (await project.WaitForShippingAsync(s => s.State == ShippingState.Waiting && s.Behind > 2_000)).Message, StringComparison.Ordinal);
        await engine.ServeAsync();
        await project.WaitForAsync(() => engine.Texts.Contains("3000"));
        Assert.Equal(Enumerable.Range(1, 3000).Select(i => $"{i}"), engine.Texts.Where(t => int.TryParse(t, out _)));
    }

    [Fact]
    public async Task A_daemon_goes_on_where_an_earlier_one_stopped()
    {
        await using var engine = await OtlpReceiver.StartAsync();
        await using var project = await ExportingProject.StartAsync(engine, new OtlpFlags(), "web: seq 1 50; exec sleep 100");
        await project.Daemon.WaitForLineAsync("web", "50");
        await project.StopAsync();
        Assert.Contains("Daemon ended", engine.Texts); // the last line, too
        await project.StartAgainAsync();
        await project.Daemon.UntilAsync(() => project.Daemon.Output("web").Count(l => l.Text == "50") == 2);
        await project.StopAsync();
        Assert.Equal(project.Ids(), engine.Records.Select(r => r.Attributes.Single(a => a.Key == "overmind.line").Value.IntValue).Order());
    }

    [Fact]
    public async Task Headers_hold_variables_and_are_never_shown()
    {
        await using var engine = await OtlpReceiver.StartAsync();
        var flags = new OtlpFlags { Headers = [new OtlpHeader("Authorization", "Bearer ${OTLP_TOKEN}")] };
        await using var project = await ExportingProject.StartAsync(engine, flags, "web: exec sleep 100");
        Assert.Contains("OTLP_TOKEN of the header Authorization is not set", (await project.WaitForShippingAsync(s => s.State == ShippingState.Refused)).Message, StringComparison.Ordinal);
        await project.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(project.Daemon.Folder.Root, ".env"), "OTLP_TOKEN=correcthorse77\n", TestContext.Current.CancellationToken);
        engine.Refusal = (_, response) => OtlpReceiver.RefuseAsync(response, engine.Requests.IsEmpty, 403, "");
        await project.StartAgainAsync();
        await project.WaitForAsync(() => engine.Requests.Count > 1 && engine.Texts.Any()); // the first one was refused
        Assert.All(engine.Requests, r => Assert.Equal("Bearer correcthorse77", r.Headers["Authorization"]));
        Assert.DoesNotContain("correcthorse77", await File.ReadAllTextAsync(project.Daemon.Folder.DaemonLog, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain(engine.Texts, text => text.Contains("correcthorse77", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Secrets_stay_on_the_machine_when_that_was_asked_for()
    {
        await using var engine = await OtlpReceiver.StartAsync();
        await using var project = await ExportingProject.StartAsync(engine, new OtlpFlags { Redact = true }, "web: echo password=hunter2hunter2; echo last; exec sleep 100");
        await project.WaitForAsync(() => engine.Texts.Contains("last"));
        Assert.Contains("password=[redacted]", engine.Texts);
        Assert.DoesNotContain(engine.Texts, text => text.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_that_goes_on_changing_is_sent_once_when_it_has_settled_and_holds_up_nothing()
    {
        await using var engine = await OtlpReceiver.StartAsync();
        await using var project = await ExportingProject.StartOnTerminalAsync(
            engine, "bar: i=0; while [ ! -e go ]; do i=$((i+1)); printf '\\rat %s ' $i; sleep 0.1; done; printf '\\rdone     \\n'; exec sleep 100", "other: sleep 1; echo after; exec sleep 100");
        await project.WaitForAsync(() => engine.Texts.Contains("after"));
        var others = engine.Texts.ToList();
        await File.WriteAllTextAsync(Path.Combine(project.Daemon.Folder.Root, "go"), "", TestContext.Current.CancellationToken);
        await project.WaitForAsync(() => engine.Texts.Any(t => t.StartsWith("done", StringComparison.Ordinal)));
        Assert.DoesNotContain(others, text => text.StartsWith("at ", StringComparison.Ordinal));
        await project.StopAsync();
        Assert.Equal(project.Ids(), engine.Records.Select(r => r.Attributes.Single(a => a.Key == "overmind.line").Value.IntValue).Order());
        Assert.DoesNotContain(engine.Texts, text => text.StartsWith("at ", StringComparison.Ordinal));
    }

    private static string? Text(IEnumerable<KeyValue> attributes, string key) => attributes.FirstOrDefault(a => a.Key == key)?.Value.StringValue;
}
