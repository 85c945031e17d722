using System.Text.Json;
using System.Text.Json.Serialization;

namespace OvermindGui.Core.Control;

/// <summary>
/// What a client writes into the daemon's socket: one JSON object per line, UTF-8. A field that a daemon does not know is ignored, a type that
/// it does not know is answered by an error; so both sides may be of different versions.
/// </summary>
/// <remarks>The properties are settable because the generated reader would drop the defaults of others.</remarks>
public sealed record ControlRequest
{
    /// <summary>Of the protocol. It grows only when old daemons would misunderstand a request.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Asks the daemon to carry out a command.</summary>
    public const string CommandType = "command";

    /// <summary>Asks the daemon who it is.</summary>
    public const string StatusType = "status";

    [JsonPropertyName("v")]
    public int Version { get; set; } = CurrentVersion;

    /// <summary>Chosen by the client: every answer carries it. A further message with the id of a request under way belongs to that request.</summary>
    public long Id { get; set; }

    public string? Type { get; set; } = CommandType;

    /// <summary>A <see cref="Contracts.CommandKind"/> as it is stored.</summary>
    public string? Command { get; set; }

    /// <summary>Process names and patterns with commas between them; null for all.</summary>
    public string? Process { get; set; }

    /// <summary>What <c>input</c> types.</summary>
    public string? Argument { get; set; }

    /// <summary>Who asks, such as <c>cli:alice</c>.</summary>
    public string? From { get; set; }

    /// <summary>Fields of other request types.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Fields { get; set; }
}

/// <summary>What the daemon answers: one JSON object per line, any number per request. The last one of a request has <see cref="IsFinal"/>.</summary>
public sealed record ControlReply
{
    /// <summary>The request was understood and is being carried out.</summary>
    public const string AcceptedType = "accepted";

    /// <summary>What came of a command.</summary>
    public const string OutcomeType = "outcome";

    /// <summary>Who the daemon is.</summary>
    public const string StatusType = "status";

    /// <summary>The request was not understood, or not taken.</summary>
    public const string ErrorType = "error";

    [JsonPropertyName("v")]
    public int Version { get; set; } = ControlRequest.CurrentVersion;

    public long Id { get; set; }

    public required string Type { get; set; }

    /// <summary>With <c>accepted</c>: seconds within which the answer comes, by what the daemon knows of its processes.</summary>
    public double? Timeout { get; set; }

    public bool? Succeeded { get; set; }

    public string? Message { get; set; }

    public int? Pid { get; set; }

    [JsonPropertyName("product_version")]
    public string? ProductVersion { get; set; }

    public string? Folder { get; set; }

    /// <summary>Fields of other answer types.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Fields { get; set; }

    [JsonIgnore]
    public bool IsFinal => Type is OutcomeType or StatusType or ErrorType;

    public static ControlReply Error(long id, string message) => new() { Id = id, Type = ErrorType, Succeeded = false, Message = message };
}

/// <summary>How both are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ControlReply))]
public sealed partial class ControlJson : JsonSerializerContext;
