using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Project.Planning;

/// <summary>What the settings file says about an engine for logs; flags and variables override it.</summary>
public sealed record OtlpSetting
{
    /// <summary>The words of <c>otlp_compression</c>.</summary>
    public static IReadOnlyDictionary<string, bool> Compressions { get; } = new Dictionary<string, bool> { ["gzip"] = true, ["none"] = false };

    /// <summary><c>otlp</c>: where lines are sent.</summary>
    public OtlpEndpoint? Endpoint { get; init; }

    /// <summary><c>otlp_headers</c>: sent with each request; null where there are none.</summary>
    public IReadOnlyList<OtlpHeader>? Headers { get; init; }

    public SourceLocation? HeadersPlace { get; init; }

    /// <summary><c>otlp_compression</c>.</summary>
    public bool Compresses { get; init; } = true;

    /// <summary><c>otlp_ca</c>: a PEM file with the authorities that are trusted, relative to the settings file; null for those of the system.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary><c>otlp_redact</c>: recognised secrets are removed from lines before they are sent.</summary>
    public bool Redact { get; init; }
}
