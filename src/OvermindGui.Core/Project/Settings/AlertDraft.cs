using System.Globalization;
using System.Text.RegularExpressions;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Project.Settings;

/// <summary>An alert as it is written: a form's fields, and the values of its keys in the settings file.</summary>
public sealed partial record AlertDraft
{
    /// <summary>The conditions that need no value.</summary>
    public static IReadOnlyList<string> PlainConditions { get; } = ["fails", "crash_loop", "unhealthy"];

    /// <summary>All conditions.</summary>
    public static IReadOnlyList<string> Conditions { get; } = [.. PlainConditions, "not_ready", "prints", "silent", "memory", "cpu", "disk"];

    /// <summary>Empty for the words of the condition.</summary>
    public string Name { get; init; } = "";

    /// <summary>One of <see cref="Conditions"/>.</summary>
    public string When { get; init; } = "fails";

    /// <summary>The value of the condition: a time, an amount, a share of the CPU or a pattern.</summary>
    public string Value { get; init; } = "";

    /// <summary>For <c>prints</c>: how many lines.</summary>
    public int Times { get; init; } = 1;

    /// <summary>For <c>prints</c>: in how long; for <c>memory</c> and <c>cpu</c>: for how long.</summary>
    public string Span { get; init; } = "1m";

    public IReadOnlyList<string> Processes { get; init; } = [];

    public IReadOnlyList<string> Groups { get; init; } = [];

    public IReadOnlyList<SimpleActionKind> Actions { get; init; } = [SimpleActionKind.Mark];

    /// <summary>Empty for none.</summary>
    public string WebhookUrl { get; init; } = "";

    public WebhookPreset Preset { get; init; }

    /// <summary>JSON with placeholders; empty for that of the preset.</summary>
    public string Template { get; init; } = "";

    /// <summary>Empty for none.</summary>
    public string Command { get; init; } = "";

    /// <summary>Further webhooks and commands, which only the file has.</summary>
    public IReadOnlyList<AlertAction> Others { get; init; } = [];

    /// <summary>Empty for at once.</summary>
    public string Debounce { get; init; } = "";

    public string Cooldown { get; init; } = "5m";

    public bool NotifiesEnd { get; init; } = true;

    /// <summary>Whether the daemon runs a command for it, or sends to an address, that a former one has not: more than reading and starting what the project has.</summary>
    /// <param name="former">Null for a new alert.</param>
    public bool ReachesOut(AlertDraft? former) => (WebhookUrl.Length > 0 || Command.Length > 0 || Others.Count > 0)
        && (former is null || (former.WebhookUrl, former.Template, former.Command) != (WebhookUrl, Template, Command) || !Others.SequenceEqual(former.Others));

    /// <summary>An alert of the file.</summary>
    public static AlertDraft Of(AlertRule rule)
    {
        var (webhook, command) = (rule.Actions.OfType<WebhookAction>().FirstOrDefault(), rule.Actions.OfType<CommandAction>().FirstOrDefault());
        var draft = new AlertDraft
        {
            Name = rule.Name == rule.When.ToString() ? "" : rule.Name,
            Processes = rule.Processes,
            Groups = rule.Groups,
            Actions = [.. rule.Actions.OfType<SimpleAction>().Select(a => a.Kind)],
            WebhookUrl = webhook?.Url ?? "",
            Preset = webhook?.Preset ?? WebhookPreset.Json,
            Template = webhook?.Template ?? "",
            Command = command?.Command ?? "",
            Others = [.. rule.Actions.Where(a => a is WebhookAction or CommandAction && a != (AlertAction?)webhook && a != (AlertAction?)command)],
            Debounce = rule.Debounce == TimeSpan.Zero ? "" : TimeText(rule.Debounce),
            Cooldown = TimeText(rule.Cooldown),
            NotifiesEnd = rule.NotifiesEnd,
        };
        return rule.When switch
        {
            CrashLoopCondition => draft with { When = "crash_loop" },
            UnhealthyCondition => draft with { When = "unhealthy" },
            NotReadyCondition c => draft with { When = "not_ready", Value = TimeText(c.After) },
            PrintsCondition c => draft with { When = "prints", Value = c.Pattern, Times = c.Times, Span = TimeText(c.Within) },
            SilentCondition c => draft with { When = "silent", Value = TimeText(c.For) },
            MemoryCondition c => draft with { When = "memory", Value = SizeText(c.Above), Span = TimeText(c.For) },
            CpuCondition c => draft with { When = "cpu", Value = string.Create(CultureInfo.InvariantCulture, $"{c.Above:0.##}%"), Span = TimeText(c.For) },
            DiskCondition c => draft with { When = "disk", Value = SizeText(c.Below) },
            _ => draft,
        };
    }

    /// <summary>The values of all keys as YAML in one line, in the order in which they are written; null for a key that is left out.</summary>
    internal IReadOnlyList<(string Key, string? Value)> Yaml =>
    [
        ("name", Name.Length > 0 ? Scalar(Name) : null),
        ("when", ConditionYaml),
        ("processes", ListYaml(Processes.Select(Scalar))),
        ("groups", ListYaml(Groups.Select(Scalar))),
        ("actions", ListYaml(ActionsYaml)),
        ("debounce", Debounce.Length > 0 ? Scalar(Debounce) : null),
        ("cooldown", Cooldown is "" or "5m" ? null : Scalar(Cooldown)),
        ("resolved", NotifiesEnd ? null : "false"),
    ];

    private string ConditionYaml => When switch
    {
        "prints" when Times > 1 => string.Create(CultureInfo.InvariantCulture, $"{{prints: {{pattern: {Scalar(Value)}, times: {Times}, within: {Scalar(Span)}}}}}"),
        "memory" or "cpu" when Span.Length > 0 => $"{{{When}: {Scalar(Value)}, for: {Scalar(Span)}}}",
        _ => PlainConditions.Contains(When) ? When : $"{{{When}: {Scalar(Value)}}}",
    };

    private IEnumerable<string> ActionsYaml =>
    [
        .. Actions.Select(kind => new SimpleAction(kind).Text),
        .. WebhookUrl.Length > 0 ? [WebhookYaml(WebhookUrl, Preset, Template)] : Array.Empty<string>(),
        .. Command.Length > 0 ? [$"{{command: {Scalar(Command)}}}"] : Array.Empty<string>(),
        .. Others.Select(other => other is WebhookAction w ? WebhookYaml(w.Url, w.Preset, w.Template ?? "") : $"{{command: {Scalar(((CommandAction)other).Command)}}}"),
    ];

    private static string WebhookYaml(string url, WebhookPreset preset, string template) =>
        $"{{webhook: {{url: {Scalar(url)}{(preset == WebhookPreset.Json ? "" : $", preset: {preset.ToString().ToLowerInvariant()}")}{(template.Length > 0 ? $", template: {Scalar(template)}" : "")}}}}}";

    private static string? ListYaml(IEnumerable<string> items) => items.ToList() is { Count: > 0 } all ? $"[{string.Join(", ", all)}]" : null;

    // Plain where no reader of YAML could take it for anything else.
    private static string Scalar(string text)
    {
        if (PlainPattern().IsMatch(text) && text is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off")) return text;
        return text.Any(char.IsControl) ? System.Text.Json.JsonSerializer.Serialize(text) : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    private static string TimeText(TimeSpan time) => time switch
    {
        _ when time.Ticks % TimeSpan.TicksPerHour == 0 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours}h"),
        _ when time.Ticks % TimeSpan.TicksPerMinute == 0 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes}m"),
        _ when time.Ticks % TimeSpan.TicksPerSecond == 0 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds}s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}ms"),
    };

    private static string SizeText(long bytes)
    {
        var (unit, amount) = ("K", bytes / 1024.0);
        foreach (var larger in new[] { "M", "G", "T" })
        {
            if (amount < 1024 || Math.Abs(amount / 1024 * 10 % 1) > 0) break;
            (unit, amount) = (larger, amount / 1024);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{amount:0.###}{unit}");
    }

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9_. -]*[A-Za-z0-9_]|[A-Za-z]|[0-9]+(\.[0-9]+)?(ms|s|m|h|K|M|G|T|%))\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainPattern();
}
