using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Project.Settings;

/// <summary>Reads the keys about an engine for logs. This file is in the repository: secrets are refused, and never repeated in a message.</summary>
internal sealed class OtlpReader(ValueReader values)
{
    public OtlpSetting Result { get; private set; } = new();

    public void ReadEndpoint(Field field)
    {
        if (values.Text(field) is not { } text) return;
        if (OtlpEndpoint.Parse(text, isPublic: true, out var problem) is { } endpoint) Result = Result with { Endpoint = endpoint };
        else values.AddError(field.Node.Place, $"otlp: {problem}");
    }

    public void ReadHeaders(Field field)
    {
        var headers = new List<OtlpHeader>();
        foreach (var (key, value) in values.Entries(field))
        {
            if (values.Text(value) is not { } text) continue;
            var header = new OtlpHeader(key.Value, text);
            if (header.Problem(isPublic: true) is { } problem) values.AddError(key.Place, $"otlp_headers: {problem}");
            else headers.Add(header);
        }

        Result = Result with { Headers = headers, HeadersPlace = field.Node.Place };
    }

    public void ReadCompression(Field field)
    {
        if (values.Word(field, OtlpSetting.Compressions) is { } compresses) Result = Result with { Compresses = compresses };
    }

    public void ReadAuthority(Field field) => Result = Result with { AuthorityFile = values.Text(field) };

    public void ReadRedact(Field field) => Result = Result with { Redact = values.Flag(field) ?? false };
}
