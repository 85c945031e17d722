using Microsoft.AspNetCore.Components;
using OvermindGui.Core.Contracts;
using OvermindGui.Hub.Reading;

namespace OvermindGui.Web.HubView;

/// <summary>Machines → projects → processes, with their states; processes of daemons that allow it can be started and stopped.</summary>
public sealed partial class HubTree : IDisposable
{
    [Parameter, EditorRequired] public required IReadOnlyList<HubHost> Hosts { get; set; }

    [Parameter, EditorRequired] public required HubChoice Chosen { get; set; }

    [Parameter] public EventCallback<HubChoice> ChosenChanged { get; set; }

    [Inject] private HubActions Actions { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    private string Pressed(HubChoice choice) => choice == Chosen ? "true" : "false";

    private bool IsBusy(HubProjectInfo project, HubProcess process) => Actions.IsBusy(project.Id, process.Name);

    private Task SendAsync(HubProjectInfo project, HubProcess process, CommandKind kind) => Actions.SendAsync(project.Id, process.Name, kind);

    protected override void OnInitialized() => Actions.Changed += OnActionsChanged;

    /// <inheritdoc/>
    public void Dispose() => Actions.Changed -= OnActionsChanged;

    private void OnActionsChanged() => _ = InvokeAsync(StateHasChanged);

    private string NoteOf(HubProjectInfo project) =>
        !project.Alive ? project.ShippedAt is { } at ? $"last heard of {UptimeFormatter.Of(Time.GetUtcNow() - at)} ago" : "never heard of"
        : Math.Abs(project.ClockOffset) >= 60 ? $"clock {UptimeFormatter.Of(TimeSpan.FromSeconds(Math.Abs(project.ClockOffset)))} {(project.ClockOffset > 0 ? "ahead" : "behind")}"
        : project.Backlog > 0 ? $"{Quantity.Lines(project.Backlog)} behind"
        : "";

    // Null for an empty one.
    private static string? TitleOf(HubProcess process) =>
        string.Join("; ", new[] { process.Reason, process.Attached is { } who ? $"attached: {who}" : null }.OfType<string>()) is { Length: > 0 } title ? title : null;

    internal static string StateOf(HubProcess process) => process.State switch
    {
        "running" when process.Failures > 0 => Quantity.Of(process.Failures, "failure today", "failures today"),
        "dead" => process.ExitCode is { } code ? $"failed · {new ExitStatus(code).ToShortText()}" : "failed",
        var state => state,
    };

    private static string ToneOf(HubProcess process) => ProcessStates.Parse(process.State, null, 0) switch
    {
        ProcessState.Running => "good",
        ProcessState.Dead or ProcessState.Broken or ProcessState.CrashLoop => "bad",
        ProcessState.Starting or ProcessState.Stopping or ProcessState.Waiting => "busy",
        _ => "calm",
    };
}
