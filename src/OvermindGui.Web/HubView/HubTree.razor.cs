using Microsoft.AspNetCore.Components;
using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Hub.Commands;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Model;
using OvermindGui.Hub.Reading;

namespace OvermindGui.Web.HubView;

/// <summary>Machines → projects → processes, with their states; processes of daemons that allow it can be started and stopped.</summary>
public sealed partial class HubTree
{
    private readonly HashSet<(int Project, string Process)> _busy = [];

    [Parameter, EditorRequired] public required IReadOnlyList<HubHost> Hosts { get; set; }

    [Parameter, EditorRequired] public required HubChoice Chosen { get; set; }

    [Parameter] public EventCallback<HubChoice> ChosenChanged { get; set; }

    [Inject] private HubCommands Commands { get; set; } = null!;

    [Inject] private HubDatabase Hub { get; set; } = null!;

    [Inject] private ISnackbar Messages { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    private string Pressed(HubChoice choice) => choice == Chosen ? "true" : "false";

    private bool IsBusy(HubProjectInfo project, HubProcess process) => _busy.Contains((project.Id, process.Name));

    private async Task SendAsync(HubProjectInfo project, HubProcess process, CommandKind kind)
    {
        _busy.Add((project.Id, process.Name));
        try
        {
            var outcome = await Commands.SendAsync(project.Id, kind, process.Name, CancellationToken.None);
            Messages.Add(outcome.Message, outcome.Succeeded ? Severity.Success : Severity.Error);
        }
        catch (Exception e) when (HubErrors.IsOfHub(e))
        {
            Messages.Add(HubErrors.Describe(e, Hub.Address), Severity.Error);
        }
        finally
        {
            _busy.Remove((project.Id, process.Name));
        }
    }

    private string NoteOf(HubProjectInfo project) =>
        !project.Alive ? project.ShippedAt is { } at ? $"last heard of {UptimeFormatter.Of(Time.GetUtcNow() - at)} ago" : "never heard of"
        : project.Backlog > 0 ? $"{Quantity.Lines(project.Backlog)} behind"
        : "";

    // Null for an empty one.
    private static string? TitleOf(HubProcess process) =>
        string.Join("; ", new[] { process.Reason, process.Attached is { } who ? $"attached: {who}" : null }.OfType<string>()) is { Length: > 0 } title ? title : null;

    private static string StateOf(HubProcess process) => process.State switch
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
