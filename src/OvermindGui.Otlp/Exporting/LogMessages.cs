using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Shipping;
using OvermindGui.Core.Storage;
using OvermindGui.Otlp.Protocol;

namespace OvermindGui.Otlp.Exporting;

/// <summary>Writes lines as messages of OTLP: a resource for each process, as OpenTelemetry's semantic conventions name things.</summary>
/// <param name="project">The project's name.</param>
/// <param name="host">The machine's name.</param>
/// <param name="identity">The name of the project's database.</param>
internal sealed class LogMessages(string project, string host, string identity, ShippedText text)
{
    /// <summary>The conventions that the attributes follow.</summary>
    public const string SchemaUrl = "https://opentelemetry.io/schemas/1.37.0";

    // In which the conventions have ids made of what identifies an instance already.
    private static readonly Guid InstanceNamespace = Guid.Parse("4d63009a-8d0f-11ee-aad7-4c796ed8e320");

    private static readonly InstrumentationScope Scope = new() { Name = "overmind-gui", Version = ProductVersion.Text };

    /// <summary>A request with these lines, in their order within each process.</summary>
    public ExportLogsServiceRequest RequestOf(IReadOnlyList<Line> lines, IReadOnlyDictionary<int, LineOwner> owners)
    {
        var request = new ExportLogsServiceRequest();
        foreach (var ofProcess in lines.GroupBy(line => line.ProcessId))
        {
            var owner = owners.GetValueOrDefault(ofProcess.Key) ?? new LineOwner($"{ofProcess.Key}", $"{ofProcess.Key}");
            var scope = new ScopeLogs { Scope = Scope };
            scope.LogRecords.AddRange(ofProcess.Select(RecordOf));
            request.ResourceLogs.Add(new ResourceLogs { Resource = ResourceOf(owner), ScopeLogs = { scope }, SchemaUrl = SchemaUrl });
        }

        return request;
    }

    private Resource ResourceOf(LineOwner owner) => new()
    {
        Attributes =
        {
            Of("service.name", owner.Entry),
            Of("service.namespace", project),
            Of("service.instance.id", InstanceIdOf(owner.Name).ToString()),
            Of("host.name", host),
            Of("os.type", OperatingSystem.IsMacOS() ? "darwin" : "linux"),
            Of("overmind.process", owner.Name),
        },
    };

    private LogRecord RecordOf(Line line)
    {
        var level = LineLevels.FromStored(line.Level);
        var time = (ulong)Math.Clamp(line.Time, 0, long.MaxValue / 1_000_000) * 1_000_000;
        var record = new LogRecord
        {
            TimeUnixNano = time,
            ObservedTimeUnixNano = time,
            SeverityNumber = SeverityOf(level),
            SeverityText = level == LineLevel.None ? "" : level.ToText().ToUpperInvariant(),
            Body = new AnyValue { StringValue = text.Of(line).Text },
        };
        record.Attributes.Add(Of("log.record.uid", $"{identity}-{line.Id}"));
        // A terminal merges the two.
        if (line.Stream is LineSource.StandardOutput or LineSource.StandardError) record.Attributes.Add(Of("log.iostream", line.Stream.ToText()));
        else record.Attributes.Add(Of("overmind.stream", line.Stream.ToText()));
        record.Attributes.Add(Of("overmind.line", line.Id));
        if (line.RunId is { } run) record.Attributes.Add(Of("overmind.run", run));
        return record;
    }

    private static SeverityNumber SeverityOf(LineLevel level) => level switch
    {
        LineLevel.Debug => SeverityNumber.Debug,
        LineLevel.Info => SeverityNumber.Info,
        LineLevel.Warn => SeverityNumber.Warn,
        LineLevel.Error => SeverityNumber.Error,
        _ => SeverityNumber.Unspecified,
    };

    // A UUID of version 5, which prescribes SHA-1: the same process has the same one in every life of its daemon.
    [SuppressMessage("Security", "CA5350", Justification = "No secret depends on it.")]
    private Guid InstanceIdOf(string process)
    {
        var hash = SHA1.HashData([.. InstanceNamespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes($"{host}/{identity}/{process}")])[..16];
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }

    private static KeyValue Of(string key, string value) => new() { Key = key, Value = new AnyValue { StringValue = ShippedText.Storable(value) } };

    private static KeyValue Of(string key, long value) => new() { Key = key, Value = new AnyValue { IntValue = value } };
}
