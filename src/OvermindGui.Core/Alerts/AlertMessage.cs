using System.Text.Json;
using System.Text.Json.Nodes;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Alerts;

/// <summary>What an alert says.</summary>
/// <param name="Process">Null for a rule about no process.</param>
/// <param name="State">firing, resolved or test.</param>
/// <param name="Time">As ISO 8601.</param>
public sealed record AlertMessage(string Rule, string? Process, string Project, string State, string Message, string Time)
{
    private static readonly Dictionary<WebhookPreset, string> Templates = new()
    {
        [WebhookPreset.Json] =
            """{"rule": "{{rule}}", "process": "{{process}}", "project": "{{project}}", "state": "{{state}}", "message": "{{message}}", "time": "{{time}}"}""",
        [WebhookPreset.Slack] = """{"text": "{{title}}\n{{message}}"}""",
        [WebhookPreset.Discord] = """{"content": "**{{title}}**\n{{message}}", "allowed_mentions": {"parse": []}}""",
        [WebhookPreset.Ntfy] = """{"topic": "{{topic}}", "title": "{{title}}", "message": "{{message}}"}""",
    };

    /// <summary>In one line: <c>shop: web is down (resolved)</c>.</summary>
    public string Title => State == "firing" ? $"{Project}: {Rule}" : $"{Project}: {Rule} ({State})";

    /// <summary>The variables of a command.</summary>
    public IReadOnlyDictionary<string, string?> ToVariables() => new Dictionary<string, string?>
    {
        ["ALERT_RULE"] = Rule,
        ["ALERT_PROCESS"] = Process ?? "",
        ["ALERT_PROJECT"] = Project,
        ["ALERT_STATE"] = State,
        ["ALERT_MESSAGE"] = Message,
        ["ALERT_TIME"] = Time,
    };

    /// <summary>What a webhook posts, and where to. Values are put into the texts of the template after it was parsed, so they cannot change its shape.</summary>
    /// <param name="url">With its variables expanded.</param>
    public (Uri Url, string Json) ToRequest(WebhookAction action, Uri url)
    {
        var topic = "";
        if (action.Preset == WebhookPreset.Ntfy) // the JSON of ntfy goes to the server's root and names the topic
        {
            topic = url.AbsolutePath.Trim('/');
            url = new Uri(url, "/");
        }

        var json = JsonNode.Parse(action.Template ?? Templates[action.Preset])!;
        return (url, Fill(json, topic)!.ToJsonString());
    }

    private JsonNode? Fill(JsonNode? node, string topic) => node switch
    {
        JsonObject map => new JsonObject(map.Select(e => KeyValuePair.Create(e.Key, Fill(e.Value, topic)))),
        JsonArray list => new JsonArray([.. list.Select(e => Fill(e, topic))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonValue.Create(Fill(value.GetValue<string>(), topic)),
        _ => node?.DeepClone(),
    };

    private string Fill(string text, string topic)
    {
        foreach (var (name, value) in new[]
        {
            ("rule", Rule), ("process", Process ?? ""), ("project", Project), ("state", State), ("time", Time), ("title", Title), ("topic", topic), ("message", Message),
        })
            text = text.Replace("{{" + name + "}}", value, StringComparison.Ordinal);
        return text;
    }
}
