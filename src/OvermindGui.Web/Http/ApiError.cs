using System.Text.Json.Serialization;

namespace OvermindGui.Web.Http;

/// <summary>The body of every failed request under <c>/api</c>.</summary>
/// <param name="Error">Readable message: what is wrong, and what would be accepted.</param>
public sealed record ApiError(string Error)
{
    /// <summary>The same in a word, such as unknown_process, where scripts may want to tell errors apart.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }
}
