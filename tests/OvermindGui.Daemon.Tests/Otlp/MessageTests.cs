using Google.Protobuf;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Shipping;
using OvermindGui.Core.Storage;
using OvermindGui.Otlp.Exporting;
using OvermindGui.Otlp.Protocol;

namespace OvermindGui.Daemon.Tests.Otlp;

/// <summary>Our messages are those of OpenTelemetry.</summary>
public sealed class MessageTests
{
    private static readonly Dictionary<int, LineOwner> Owners = new() { [1] = new LineOwner("web.2", "web"), [2] = new LineOwner("worker", "worker") };

    [Fact]
    public async Task Lines_are_encoded_as_OpenTelemetry_does_it()
    {
        var ours = new LogMessages("shop", "build-7", "abcde", new ShippedText(null)).RequestOf(
            [
                Line(7, 1, LineSource.StandardError, LineLevel.Error, "Überfall ✓ 😀", run: 3), Line(8, 2, LineSource.Terminal, LineLevel.None, ""),
                Line(9, 1, LineSource.StandardOutput, LineLevel.Warn, "half \uD83D", run: 3),
            ],
            Owners);
        await using var reference = new OtlpReference();
        var encoded = await reference.AskAsync(new
        {
            resources = new[]
            {
                Resource("web", "web.2", "79f2cf71-65cf-5b97-a5de-49ce2dfe3fd3",
                    Record(7, 17, "ERROR", "Überfall ✓ 😀", "log.iostream", "stderr", 3), Record(9, 13, "WARN", "half \uFFFD", "log.iostream", "stdout", 3)),
                Resource("worker", "worker", "", Record(8, 0, "", "", "overmind.stream", "tty", null)),
            },
        });
        // It also writes fields that have their default value.
        var theirs = ExportLogsServiceRequest.Parser.WithDiscardUnknownFields(true).ParseFrom(encoded.GetBytesFromBase64());
        foreach (var id in ours.ResourceLogs.Concat(theirs.ResourceLogs).SelectMany(r => r.Resource.Attributes).Where(a => a.Key == "service.instance.id"))
        {
            if (id.Value.StringValue.Length > 0) Assert.Equal('5', id.Value.StringValue[14]); // the version of the UUID
            id.Value.StringValue = "";
        }

        Assert.Equal(theirs.ToString(), ours.ToString());
        Assert.Equal(theirs, ours);
    }

    [Fact]
    public async Task Answers_are_read_as_OpenTelemetry_writes_them()
    {
        var answer = new ExportLogsServiceResponse { PartialSuccess = new ExportLogsPartialSuccess { RejectedLogRecords = 3, ErrorMessage = "too old" } };
        await using var reference = new OtlpReference();
        var read = (await reference.AskAsync(new { response = answer.ToByteString().ToBase64() })).GetProperty("partialSuccess");
        Assert.Equal(3, read.GetProperty("rejectedLogRecords").GetInt32());
        Assert.Equal("too old", read.GetProperty("errorMessage").GetString());
    }

    [Fact]
    public void An_instance_has_the_same_id_in_every_life_and_on_each_machine_another()
    {
        Assert.Equal(IdOf("build-7", "web.2"), IdOf("build-7", "web.2"));
        Assert.NotEqual(IdOf("build-7", "web.2"), IdOf("build-8", "web.2"));

        static string IdOf(string host, string process) => new LogMessages("shop", host, "abcde", new ShippedText(null))
            .RequestOf([Line(1, 1, LineSource.StandardOutput, LineLevel.None, "x")], new Dictionary<int, LineOwner> { [1] = new(process, "web") })
            .ResourceLogs[0].Resource.Attributes.Single(a => a.Key == "service.instance.id").Value.StringValue;
    }

    private static Line Line(long id, int process, LineSource stream, LineLevel level, string text, long? run = null) => new()
    {
        Id = id,
        ProcessId = process,
        RunId = run,
        Time = 1_700_000_000_000 + id,
        Stream = stream,
        Text = text,
        Level = (int)level,
    };

    private static object Resource(string entry, string process, string id, params object[] records) => new
    {
        schemaUrl = LogMessages.SchemaUrl,
        scope = new { name = "overmind-gui", version = ProductVersion.Text },
        attributes = new Dictionary<string, object>
        {
            ["service.name"] = entry,
            ["service.namespace"] = "shop",
            ["service.instance.id"] = id,
            ["host.name"] = "build-7",
            ["os.type"] = OperatingSystem.IsMacOS() ? "darwin" : "linux",
            ["overmind.process"] = process,
        },
        records,
    };

    private static object Record(long id, int severity, string word, string body, string stream, string of, long? run)
    {
        var attributes = new Dictionary<string, object> { ["log.record.uid"] = $"abcde-{id}", [stream] = of, ["overmind.line"] = id };
        if (run is { } number) attributes["overmind.run"] = number;
        return new { time = 1_700_000_000_000 + id, severity, severityText = word, body, attributes };
    }
}
