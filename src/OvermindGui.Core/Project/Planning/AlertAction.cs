namespace OvermindGui.Core.Project.Planning;

/// <summary>What an alert does when it fires.</summary>
public abstract record AlertAction
{
    /// <summary>For display, without secrets.</summary>
    public abstract string Text { get; }
}

/// <summary>One that needs no value.</summary>
public sealed record SimpleAction(SimpleActionKind Kind) : AlertAction
{
    public override string Text => Kind.ToString().ToLowerInvariant();
}

public enum SimpleActionKind
{
    /// <summary>A line of level error in the log of the process, which is also a mark at the scroll bar.</summary>
    Mark,

    /// <summary>A notification of the browser, in every open page that may show them.</summary>
    Browser,

    /// <summary>A notification of the desktop, by notify-send.</summary>
    Desktop,

    Restart,
    Stop,
}

/// <summary>Posts a message.</summary>
/// <param name="Url">With variables such as <c>${SLACK_URL}</c>, which are not expanded before it is used.</param>
/// <param name="Template">JSON with placeholders; null for that of the preset.</param>
public sealed record WebhookAction(string Url, WebhookPreset Preset, string? Template) : AlertAction
{
    public override string Text => $"webhook {(Preset == WebhookPreset.Json ? Url : Preset.ToString().ToLowerInvariant())}";
}

public enum WebhookPreset
{
    Json,
    Slack,
    Discord,
    Ntfy,
}

/// <summary>Runs a shell command in the Procfile's folder, with the alert in its variables.</summary>
public sealed record CommandAction(string Command) : AlertAction
{
    public override string Text => $"command {Command}";
}
