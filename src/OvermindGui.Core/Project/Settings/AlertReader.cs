using System.Globalization;
using System.Text.Json;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Secrets;

namespace OvermindGui.Core.Project.Settings;

/// <summary>Reads <c>alerts</c>: a list of rules.</summary>
internal sealed class AlertReader(ValueReader values)
{
    private static readonly string[] SecretAddresses = ["hooks.slack.com/services/", "discord.com/api/webhooks/", "discordapp.com/api/webhooks/"];
    private const int MostTimes = 10_000;
    private static readonly TimeSpan DefaultFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DefaultCooldown = TimeSpan.FromMinutes(5);

    private static readonly Dictionary<string, AlertCondition> Words = new()
    {
        ["fails"] = new FailsCondition(),
        ["crash_loop"] = new CrashLoopCondition(),
        ["unhealthy"] = new UnhealthyCondition(),
    };

    private static readonly Dictionary<string, SimpleActionKind> Actions =
        Enum.GetValues<SimpleActionKind>().ToDictionary(k => k.ToString().ToLowerInvariant());

    private static readonly Dictionary<string, WebhookPreset> Presets = Enum.GetValues<WebhookPreset>().ToDictionary(p => p.ToString().ToLowerInvariant());

    public IReadOnlyList<AlertSetting> Read(Field field)
    {
        if (field.Node is not ListNode list)
        {
            if (!field.Node.IsNull) values.Expected("a list of rules", field);
            return [];
        }

        List<AlertSetting> rules = [];
        foreach (var (index, item) in list.Items.Index())
        {
            if (ReadRule(new Field(item, string.Create(CultureInfo.InvariantCulture, $"alerts[{index + 1}]"))) is not { } rule) continue;
            if (rules.Exists(r => r.Rule.Name == rule.Rule.Name)) values.AddError(item.Place, $"alerts: \"{rule.Rule.Name}\" is already there; expected each name once");
            else rules.Add(rule);
        }

        return rules;
    }

    private AlertSetting? ReadRule(Field field)
    {
        string? name = null;
        AlertCondition? when = null;
        Field? condition = null;
        List<PlacedText> processes = [], groups = [];
        List<AlertAction> actions = [];
        var (debounce, cooldown, notifiesEnd) = (TimeSpan.Zero, DefaultCooldown, true);
        values.Keys(field, new Dictionary<string, Action<Field>>
        {
            ["name"] = f => name = values.Text(f),
            ["when"] = f => (condition, when) = (f, ReadCondition(f)),
            ["processes"] = f => processes = Texts(f),
            ["groups"] = f => groups = Texts(f),
            ["actions"] = f => actions = [.. ValueReader.Items(f).Select(ReadAction).OfType<AlertAction>()],
            ["debounce"] = f => debounce = values.Duration(f) ?? debounce,
            ["cooldown"] = f => cooldown = values.Duration(f) ?? cooldown,
            ["resolved"] = f => notifiesEnd = values.Flag(f) ?? true,
        });
        if (field.Node is not MapNode) return null;
        if (condition is null) values.AddError(field.Node.Place, $"{field.Path}: expected a key when, such as when: fails");
        if (when is null) return null;
        if (actions.Count == 0) actions.Add(new SimpleAction(SimpleActionKind.Mark));
        if (when is DiskCondition && actions.Exists(a => a is SimpleAction { Kind: SimpleActionKind.Restart or SimpleActionKind.Stop }) && processes.Count + groups.Count == 0)
            values.AddError(field.Node.Place, $"{field.Path}: a rule about the disk is about no process; name the processes that it restarts or stops");
        var rule = new AlertRule(
            name ?? when.ToString()!, when, [.. processes.Select(p => p.Value)], [.. groups.Select(g => g.Value)], actions, debounce, cooldown, notifiesEnd,
            field.Node.Place.Line);
        return new AlertSetting(rule, field.Node.Place, processes, groups);
    }

    private AlertCondition? ReadCondition(Field field)
    {
        if (field.Node is not MapNode)
        {
            if (field.Node is TextNode text && Words.TryGetValue(text.Value, out var word)) return word;
            values.Expected($"{ValueReader.AnyOf(Words.Keys)}, or a map with not_ready, prints, silent, memory, cpu or disk", field);
            return null;
        }

        AlertCondition? found = null;
        var (count, span) = (0, DefaultFor);
        Func<TimeSpan, AlertCondition>? withSpan = null;
        values.Keys(field, new Dictionary<string, Action<Field>>
        {
            ["not_ready"] = f => Take(values.Duration(f) is { } after ? new NotReadyCondition(after) : null),
            ["silent"] = f => Take(values.Duration(f) is { } time ? new SilentCondition(time) : null),
            ["prints"] = f => Take(ReadPrints(f)),
            ["memory"] = f => TakeTimed(new LimitReader(values).Memory(f) is { } bytes ? time => new MemoryCondition(bytes, time) : null),
            ["cpu"] = f => TakeTimed(new LimitReader(values).Percent(f) is { } percent ? time => new CpuCondition(percent, time) : null),
            ["disk"] = f => Take(new LimitReader(values).Amount(f) is { } free ? new DiskCondition(free) : null),
            ["for"] = f => span = values.Duration(f) ?? span,
        });
        if (count != 1) values.AddError(field.Node.Place, $"{field.Path}: expected one of not_ready, prints, silent, memory, cpu and disk, found {count}");
        return count == 1 ? withSpan?.Invoke(span) ?? found : null;

        void Take(AlertCondition? condition) => (found, withSpan, count) = (condition, null, count + 1);

        void TakeTimed(Func<TimeSpan, AlertCondition>? timed) => (found, withSpan, count) = (null, timed, count + 1);
    }

    private PrintsCondition? ReadPrints(Field field)
    {
        string? pattern = null;
        var (times, within) = (1, DefaultFor);
        if (field.Node is MapNode)
            values.Keys(field, new Dictionary<string, Action<Field>>
            {
                ["pattern"] = f => pattern = Pattern(f),
                ["times"] = f => times = values.Number(f, 1, MostTimes) ?? times,
                ["within"] = f => within = values.Duration(f) ?? within,
            });
        else pattern = Pattern(field);
        return pattern is null ? null : new PrintsCondition(pattern, times, within);
    }

    private string? Pattern(Field field)
    {
        if (values.Text(field) is not { } text) return null;
        if (LinePattern.TryParse(text, out var problem, ignoreCase: true) is not null) return text;
        values.Expected($"a .NET regular expression ({problem})", field);
        return null;
    }

    private AlertAction? ReadAction(Field field)
    {
        if (field.Node is not MapNode)
        {
            if (field.Node is TextNode text && Actions.TryGetValue(text.Value, out var kind)) return new SimpleAction(kind);
            values.Expected($"{ValueReader.AnyOf(Actions.Keys)}, or a map with webhook or command", field);
            return null;
        }

        AlertAction? action = null;
        values.Keys(field, new Dictionary<string, Action<Field>>
        {
            ["webhook"] = f => action = ReadWebhook(f),
            ["command"] = f => action = values.Text(f) is { } command ? new CommandAction(command) : null,
        });
        return action;
    }

    private WebhookAction? ReadWebhook(Field field)
    {
        string? url = null, template = null;
        var preset = WebhookPreset.Json;
        if (field.Node is MapNode)
            values.Keys(field, new Dictionary<string, Action<Field>>
            {
                ["url"] = f => url = Url(f),
                ["preset"] = f => preset = values.Word(f, Presets) ?? preset,
                ["template"] = f => template = Template(f),
            });
        else url = Url(field);
        return url is null ? null : new WebhookAction(url, preset, template);
    }

    // The address of a chat's webhook is a password: it belongs into a variable, and this file into the repository.
    private string? Url(Field field)
    {
        if (values.Text(field) is not { } url) return null;
        var hasVariable = url.Contains("${", StringComparison.Ordinal);
        if (!hasVariable && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            values.Expected("a URL such as ${SLACK_URL} or https://example.com/hook", field);
            return null;
        }

        var isSecret = SecretText.HoldsSecret(url) || SecretAddresses.Any(known => url.Contains(known, StringComparison.OrdinalIgnoreCase));
        if (!isSecret || hasVariable) return url;
        values.AddError(field.Node.Place, $"{field.Path}: the address holds a secret; put it into a variable of an environment file, and write ${{NAME}} here");
        return null;
    }

    private string? Template(Field field)
    {
        if (values.Text(field) is not { } template) return null;
        try
        {
            JsonDocument.Parse(template).Dispose();
            return template;
        }
        catch (JsonException e)
        {
            values.AddError(field.Node.Place, $"{field.Path}: expected JSON with placeholders such as {{{{message}}}} inside of texts: {e.Message}");
            return null;
        }
    }

    private List<PlacedText> Texts(Field field) =>
        [.. ValueReader.Items(field).Select(item => values.Text(item) is { } text ? new PlacedText(text, item.Node.Place) : null).OfType<PlacedText>()];
}

/// <summary>An alert and the positions of its parts.</summary>
public sealed record AlertSetting(AlertRule Rule, SourceLocation Place, IReadOnlyList<PlacedText> Processes, IReadOnlyList<PlacedText> Groups);
