using System.Text.Json;
using System.Text.Json.Serialization;

namespace OvermindGui.Core.Project.Planning;

/// <summary>
/// The daemon's options in recorded form, so that other programs compute the same plan: the flags, including later scaling.
/// </summary>
public static partial class PlanOptionsJson
{
    public static string Write(PlanOptions options) => JsonSerializer.Serialize(options, Context.Default.PlanOptions);

    /// <summary>The reverse; default options for invalid text, as in a file of an older version.</summary>
    public static PlanOptions Read(string? json)
    {
        try
        {
            return json is null ? new PlanOptions() : JsonSerializer.Deserialize(json, Context.Default.PlanOptions) ?? new PlanOptions();
        }
        catch (JsonException)
        {
            return new PlanOptions();
        }
    }

    [JsonSerializable(typeof(PlanOptions))]
    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    private sealed partial class Context : JsonSerializerContext;
}
