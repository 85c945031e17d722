using System.Text.Json;
using System.Text.Json.Serialization;

namespace OvermindGui.Core.Contracts;

/// <summary>A limit and where it was set.</summary>
/// <param name="Source">For people: <c>--keep-lines</c>, <c>overmind-gui.yaml:3</c>.</param>
public sealed record Limit<T>(T Value, string Source);

/// <summary>The limits of stored output as one place sets them; null for what it leaves to others.</summary>
public sealed partial record RetentionLimits
{
    /// <summary>The source of a limit that was set in the dashboard or over the API.</summary>
    public const string Changed = "changed at runtime";

    private const string DefaultSource = "default";

    /// <summary>See <see cref="Retention.Lines"/>.</summary>
    public Limit<long>? Lines { get; init; }

    /// <summary>See <see cref="Retention.Age"/>.</summary>
    public Limit<TimeSpan>? Age { get; init; }

    /// <summary>See <see cref="Retention.Size"/>.</summary>
    public Limit<long>? Size { get; init; }

    /// <summary>See <see cref="Retention.Crashes"/>.</summary>
    public Limit<TimeSpan>? Crashes { get; init; }

    /// <summary>What applies where nothing is set.</summary>
    public static RetentionLimits Default { get; } = Of(Retention.Default, DefaultSource);

    /// <summary>Sets all limits.</summary>
    public static RetentionLimits Of(Retention keep, string source) => new()
    {
        Lines = new(keep.Lines, source),
        Age = new(keep.Age, source),
        Size = new(keep.Size, source),
        Crashes = new(keep.Crashes, source),
    };

    /// <summary>Whether no limit is set.</summary>
    [JsonIgnore]
    public bool IsEmpty => (Lines, Age, Size, Crashes) is (null, null, null, null);

    /// <summary>These limits, and those of another place where these are not set.</summary>
    public RetentionLimits Over(RetentionLimits other) => new()
    {
        Lines = Lines ?? other.Lines,
        Age = Age ?? other.Age,
        Size = Size ?? other.Size,
        Crashes = Crashes ?? other.Crashes,
    };

    /// <summary>The values; defaults where nothing is set.</summary>
    public Retention ToRetention() => Over(Default) is { Lines: { } lines, Age: { } age, Size: { } size, Crashes: { } crashes }
        ? new Retention(lines.Value, age.Value, size.Value) { Crashes = crashes.Value }
        : Retention.Default;

    /// <summary>As it is stored.</summary>
    public string Write() => JsonSerializer.Serialize(this, RetentionLimitsJson.Default.RetentionLimits);

    /// <summary>Reads what <see cref="Write"/> wrote; empty for anything else.</summary>
    public static RetentionLimits Parse(string? json)
    {
        try
        {
            return (json is null ? null : JsonSerializer.Deserialize(json, RetentionLimitsJson.Default.RetentionLimits)) ?? new RetentionLimits();
        }
        catch (JsonException)
        {
            return new RetentionLimits();
        }
    }

    [JsonSerializable(typeof(RetentionLimits))]
    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    private sealed partial class RetentionLimitsJson : JsonSerializerContext;
}
