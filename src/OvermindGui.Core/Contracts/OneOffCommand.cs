using System.Text.Json;
using System.Text.Json.Serialization;

namespace OvermindGui.Core.Contracts;

/// <summary>A program to run under the daemon's supervision beside the processes of the Procfile; the argument of <c>run</c>.</summary>
/// <param name="Argv">The program and its arguments, as they are: no shell takes them apart.</param>
/// <param name="ProcessEnv">The process whose variables it gets; null for the project's.</param>
/// <param name="Cwd">Absolute path of its folder; null for the project's, or that of <paramref name="ProcessEnv"/>.</param>
/// <param name="Keep">Whether it stays in the list after its end, so that it can be started again.</param>
public sealed record OneOffCommand(IReadOnlyList<string> Argv, string? ProcessEnv, string? Cwd, bool Keep)
{
    public string Write() => JsonSerializer.Serialize(this, OneOffJson.Default.OneOffCommand);

    /// <summary>Null for a text of another form.</summary>
    public static OneOffCommand? Read(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize(text, OneOffJson.Default.OneOffCommand) is { Argv.Count: > 0 } command ? command : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>JSON options of <see cref="OneOffCommand"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OneOffCommand))]
internal sealed partial class OneOffJson : JsonSerializerContext;
