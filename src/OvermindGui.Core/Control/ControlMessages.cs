using System.Text.Json;
using System.Text.Json.Serialization;

namespace OvermindGui.Core.Control;

/// <summary>
/// A message from a client to the daemon: one JSON object per line, UTF-8. The daemon ignores unknown fields and answers unknown types with
/// an error, so client and daemon may have different versions.
/// </summary>
/// <remarks>The properties have setters because the generated deserializer would otherwise drop their defaults.</remarks>
public sealed record ControlRequest
{
    /// <summary>Protocol version. It increases only when old daemons would misinterpret a request.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Asks the daemon to carry out a command.</summary>
    public const string CommandType = "command";

    /// <summary>Asks the daemon to identify itself.</summary>
    public const string StatusType = "status";

    /// <summary>Asks to look at a process's terminal and to type there, until either side ends it.</summary>
    public const string AttachType = "attach";

    /// <summary>Further message of an attachment: the bytes that were typed are its <see cref="Data"/>.</summary>
    public const string InputType = "input";

    /// <summary>Further message of an attachment: the viewer's window has another size.</summary>
    public const string ResizeType = "resize";

    /// <summary>Further message of an attachment: it ends.</summary>
    public const string DetachType = "detach";

    [JsonPropertyName("v")]
    public int Version { get; set; } = CurrentVersion;

    /// <summary>
    /// Chosen by the client and repeated in every answer. A further message with the id of a pending request belongs to that request.
    /// </summary>
    public long Id { get; set; }

    public string? Type { get; set; } = CommandType;

    /// <summary>A <see cref="Contracts.CommandKind"/> as it is stored.</summary>
    public string? Command { get; set; }

    /// <summary>Process names and patterns with commas between them; null for all.</summary>
    public string? Process { get; set; }

    /// <summary>The text for <c>input</c>.</summary>
    public string? Argument { get; set; }

    /// <summary>The initiator, such as <c>cli:alice</c>.</summary>
    public string? From { get; set; }

    /// <summary>Bytes; base64 in JSON.</summary>
    public byte[]? Data { get; set; }

    /// <summary>The size of the viewer's window; null for a viewer that takes the terminal as it is.</summary>
    public int? Columns { get; set; }

    /// <summary>See <see cref="Columns"/>.</summary>
    public int? Rows { get; set; }

    /// <summary>For <c>attach</c>: what is typed is not passed on, and the window is not resized.</summary>
    public bool? ReadOnly { get; set; }

    /// <summary>For <c>attach</c>: nothing is shown. Such an attachment also types to a process without a terminal.</summary>
    public bool? InputOnly { get; set; }

    /// <summary>Fields of other request types.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Fields { get; set; }
}

/// <summary>
/// An answer of the daemon: one JSON object per line, any number per request. The last one of a request has <see cref="IsFinal"/>.
/// </summary>
public sealed record ControlReply
{
    /// <summary>The request is valid and being carried out.</summary>
    public const string AcceptedType = "accepted";

    /// <summary>The outcome of a command.</summary>
    public const string OutcomeType = "outcome";

    /// <summary>The daemon's identity.</summary>
    public const string StatusType = "status";

    /// <summary>Of an attachment: sequences that paint the whole screen, which has this many columns and rows.</summary>
    public const string ScreenType = "screen";

    /// <summary>Of an attachment: who is attached now.</summary>
    public const string ViewersType = "viewers";

    /// <summary>Of an attachment: what the process has printed.</summary>
    public const string OutputType = "output";

    /// <summary>The request is invalid or was rejected.</summary>
    public const string ErrorType = "error";

    [JsonPropertyName("v")]
    public int Version { get; set; } = ControlRequest.CurrentVersion;

    public long Id { get; set; }

    public required string Type { get; set; }

    /// <summary>With <c>accepted</c>: time limit in seconds for the outcome, based on the stop timeouts of the processes.</summary>
    public double? Timeout { get; set; }

    public bool? Succeeded { get; set; }

    public string? Message { get; set; }

    public int? Pid { get; set; }

    [JsonPropertyName("product_version")]
    public string? ProductVersion { get; set; }

    public string? Folder { get; set; }

    /// <summary>Bytes; base64 in JSON.</summary>
    public byte[]? Data { get; set; }

    public int? Columns { get; set; }

    public int? Rows { get; set; }

    /// <summary>Initiators, such as <c>cli:alice</c>.</summary>
    public string[]? Viewers { get; set; }

    /// <summary>With the outcome of <c>attach</c>: the process runs, but has no terminal.</summary>
    public bool? NoTerminal { get; set; }

    /// <summary>Fields of other answer types.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Fields { get; set; }

    [JsonIgnore]
    public bool IsFinal => Type is OutcomeType or StatusType or ErrorType;

    public static ControlReply Error(long id, string message) => new() { Id = id, Type = ErrorType, Succeeded = false, Message = message };
}

/// <summary>JSON options for both.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ControlReply))]
public sealed partial class ControlJson : JsonSerializerContext;
