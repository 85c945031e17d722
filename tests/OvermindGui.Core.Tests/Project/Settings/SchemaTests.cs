using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using YamlDotNet.RepresentationModel;

namespace OvermindGui.Core.Tests.Project.Settings;

public class SchemaTests
{
    private static readonly Lazy<Task<JsonSchema>> Schema = new(async () =>
    {
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "schema", "overmind-gui.schema.json"));
        return await JsonSchema.FromJsonAsync(text.Replace("$defs", "definitions", StringComparison.Ordinal)); // the validator knows the older name
    });

    [Theory]
    [MemberData(nameof(Documents.Accepted), MemberType = typeof(Documents))]
    public async Task What_the_parser_accepts_the_schema_accepts(string yaml) => Assert.Empty((await Schema.Value).Validate(ToJson(yaml)));

    [Theory]
    [MemberData(nameof(Documents.Misshapen), MemberType = typeof(Documents))]
    public async Task What_has_another_shape_the_schema_refuses(string yaml) => Assert.NotEmpty((await Schema.Value).Validate(ToJson(yaml)));

    [Fact]
    public async Task Editors_have_a_description_of_every_setting() => Assert.All(
        (await Schema.Value).Definitions["process"].Properties, p => Assert.False(string.IsNullOrEmpty(p.Value.Description), p.Key));

    // By YAML 1.2's core schema, as editors read it.
    private static string ToJson(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml.TrimStart('\uFEFF')));
        return (stream.Documents.Count == 0 ? null : ToJson(stream.Documents[0].RootNode))?.ToJsonString() ?? "null";
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlSequenceNode list => new JsonArray([.. list.Select(ToJson)]),
        YamlMappingNode map => new JsonObject(map.Select(e => KeyValuePair.Create(((YamlScalarNode)e.Key).Value!, ToJson(e.Value)))),
        YamlScalarNode { Style: not YamlDotNet.Core.ScalarStyle.Plain, Value: var text } => JsonValue.Create(text),
        YamlScalarNode { Value: "" or "~" or "null" } => null,
        YamlScalarNode { Value: "true" or "True" } => JsonValue.Create(true),
        YamlScalarNode { Value: "false" } => JsonValue.Create(false),
        YamlScalarNode { Value: "0x1F" } => JsonValue.Create(0x1F),
        YamlScalarNode { Value: ".inf" } => JsonValue.Create(double.MaxValue), // JSON has no infinity
        YamlScalarNode { Value: var text } => IsJsonNumber(text!) ? JsonNode.Parse(text!) : JsonValue.Create(text),
        _ => throw new ArgumentException(node.ToString()),
    };

    private static bool IsJsonNumber(string text)
    {
        try
        {
            return JsonNode.Parse(text)!.GetValueKind() == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
