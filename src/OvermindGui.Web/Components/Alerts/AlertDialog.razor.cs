using Microsoft.AspNetCore.Components;
using MudBlazor;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Project.Settings;
using OvermindGui.Web.Security;

namespace OvermindGui.Web.Components.Alerts;

/// <summary>A form for an alert of the settings file: a new one, or one to change or delete.</summary>
public sealed partial class AlertDialog(AlertsFile file, ISnackbar snackbar)
{
    private const string TemplateExample = """{"text": "{{title}}"}""";
    private const string CommandExample = "echo \"$ALERT_MESSAGE\"";

    private static readonly (SimpleActionKind Kind, string Text)[] Simple =
    [
        (SimpleActionKind.Mark, "Mark in the log"),
        (SimpleActionKind.Browser, "Notify in the browser"),
        (SimpleActionKind.Desktop, "Notify on the desktop"),
        (SimpleActionKind.Restart, "Restart the process"),
        (SimpleActionKind.Stop, "Stop the process"),
    ];

    private AlertDraft _draft = new();
    private string? _problem;
    private bool _working;
    private bool _asksAgain;

    private sealed record Scope(string Name, bool IsGroup)
    {
        public string Text => IsGroup ? $"group {Name}" : Name;
    }

    [CascadingParameter(Name = Routes.TrustedName)] private bool IsTrusted { get; set; }

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>The alert to change; null for a new one.</summary>
    [Parameter] public AlertDraft? Former { get; set; }

    /// <summary>Whom it may be about.</summary>
    [Parameter] public IReadOnlyList<string> Processes { get; set; } = [];

    [Parameter] public IReadOnlyList<string> Groups { get; set; } = [];

    // What the file names is offered too, or it could not be taken away.
    private List<Scope> Scopes =>
    [
        .. Processes.Union(_draft.Processes).Select(name => new Scope(name, IsGroup: false)), .. Groups.Union(_draft.Groups).Select(name => new Scope(name, IsGroup: true)),
    ];

    private string? ValueLabel => _draft.When switch
    {
        "prints" => "that matches (.NET)",
        "not_ready" => "after",
        "silent" => "for",
        "memory" or "cpu" => "above",
        "disk" => "below",
        _ => null,
    };

    private string ValueExample => _draft.When switch
    {
        "prints" => "timed? ?out",
        "not_ready" => "2m",
        "silent" => "10m",
        "cpu" => "90%",
        "disk" => "1G",
        _ => "500M",
    };

    private string Phrase => ConditionText(_draft.When);

    protected override void OnInitialized() => _draft = Former ?? _draft;

    private static string ConditionText(string? condition) => condition switch
    {
        "fails" => "fails",
        "crash_loop" => "is in a crash loop",
        "unhealthy" => "is unhealthy",
        "not_ready" => "is not ready",
        "prints" => "prints a line",
        "silent" => "prints nothing",
        "memory" => "uses memory",
        "cpu" => "uses the CPU",
        _ => "leaves the disk free space",
    };

    private static string PresetText(WebhookPreset preset) => preset switch
    {
        WebhookPreset.Json => "JSON",
        WebhookPreset.Ntfy => "ntfy",
        _ => preset.ToString(),
    };

    private static Dictionary<string, object?> Attributes(string id) => new() { ["data-testid"] = id, ["autocomplete"] = "off", ["spellcheck"] = "false" };

    private void ChooseCondition(string? condition) =>
        _draft = _draft with { When = condition ?? "fails", Value = "", Processes = condition == "disk" ? [] : _draft.Processes, Groups = condition == "disk" ? [] : _draft.Groups };

    private void Toggle(SimpleActionKind kind, bool isOn) => _draft = _draft with { Actions = isOn ? [.. _draft.Actions, kind] : [.. _draft.Actions.Where(other => other != kind)] };

    private bool IsChosen(Scope scope) => (scope.IsGroup ? _draft.Groups : _draft.Processes).Contains(scope.Name);

    private void Choose(Scope scope)
    {
        var chosen = scope.IsGroup ? _draft.Groups : _draft.Processes;
        IReadOnlyList<string> now = chosen.Contains(scope.Name) ? [.. chosen.Where(name => name != scope.Name)] : [.. chosen, scope.Name];
        _draft = scope.IsGroup ? _draft with { Groups = now } : _draft with { Processes = now };
    }

    private Task SaveAsync() => WorkAsync(
        "Saved", () => Former is null ? file.AddAsync(_draft, CancellationToken.None) : file.ChangeAsync(Former, _draft, CancellationToken.None));

    private async Task RemoveAsync()
    {
        if (_asksAgain) await WorkAsync("Deleted", () => file.RemoveAsync(Former!, CancellationToken.None));
        _asksAgain = true;
    }

    private async Task WorkAsync(string done, Func<Task> work)
    {
        if (_working) return;
        (_working, _problem) = (true, null);
        try
        {
            if (_draft.ReachesOut(Former) && !IsTrusted) throw new AlertsFileException($"A command or a webhook needs {TrustedCaller.Needed}");
            await work();
            snackbar.Add(done, Severity.Success);
            Dialog.Close();
        }
        catch (AlertsFileException e)
        {
            _problem = e.Message;
        }

        _working = false;
    }
}
