using System.Text.Json;
using System.Text.Json.Serialization;

namespace OvermindGui.Core.Contracts;

/// <summary>What a reload of the changed files would do, or why they cannot be applied. The daemon stores it as JSON.</summary>
/// <param name="Changes">Empty when there are problems.</param>
/// <param name="Problems">One text per problem.</param>
public sealed partial record PendingReload(IReadOnlyList<PendingChange> Changes, IReadOnlyList<string> Problems)
{
    /// <summary>A line for each change or problem.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Lines => [.. Changes.Select(c => c.ToString()), .. Problems];

    /// <summary>Whether the files can be applied.</summary>
    [JsonIgnore]
    public bool CanApply => Problems.Count == 0;

    /// <summary>Null for none, and for what cannot be read, such as the text of an older daemon.</summary>
    public static PendingReload? Read(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize(json, PendingReloadJson.Default.PendingReload);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What <see cref="Read"/> reads.</summary>
    public string Write() => JsonSerializer.Serialize(this, PendingReloadJson.Default.PendingReload);

    public bool Equals(PendingReload? other) =>
        other is not null && Changes.SequenceEqual(other.Changes) && Problems.SequenceEqual(other.Problems);

    public override int GetHashCode() => HashCode.Combine(Changes.Count, Problems.Count);

    [JsonSerializable(typeof(PendingReload))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
    private sealed partial class PendingReloadJson : JsonSerializerContext;
}
