using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using OvermindGui.Core.Contracts;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Processes;

/// <summary>One process in the list: a row of 32 px, and a second one where its state needs words.</summary>
public sealed partial class ProcessRow(ProcessCommands commands, TimeProvider time)
{
    private bool _answers; // a field for that is open

    /// <summary>The process.</summary>
    [Parameter, EditorRequired] public required ProcessInfo Process { get; set; }

    /// <summary>The names of all processes.</summary>
    [Parameter] public DistinctNames Names { get; set; } = DistinctNames.None;

    /// <summary>Whether there is a daemon that could carry out a command.</summary>
    [Parameter] public bool DaemonAlive { get; set; }

    /// <summary>Whether its output is shown.</summary>
    [Parameter] public bool Shown { get; set; } = true;

    /// <summary>Whether it is one of those that are shown alone.</summary>
    [Parameter] public bool Selected { get; set; }

    /// <summary>Whether the Tab key reaches it; arrow keys lead to the others.</summary>
    [Parameter] public bool IsTabStop { get; set; }

    /// <summary>A click on the row.</summary>
    [Parameter] public EventCallback<MouseEventArgs> OnClick { get; set; }

    /// <summary>Its name has received the focus.</summary>
    [Parameter] public EventCallback OnFocus { get; set; }

    /// <summary>Its check box.</summary>
    [Parameter] public EventCallback<bool> OnShow { get; set; }

    /// <summary>Its menu is asked for.</summary>
    [Parameter] public EventCallback<MouseEventArgs> OnMenu { get; set; }

    /// <summary>Its details are asked for.</summary>
    [Parameter] public EventCallback OnDetails { get; set; }

    /// <summary>Its terminal is asked for.</summary>
    [Parameter] public EventCallback OnTerminal { get; set; }

    private ProcessCommands Commands => commands;

    private TimeProvider Time => time;

    private ProcessPresentation State => ProcessPresentation.Of(Process);

    private string Detail => !Process.State.IsUp() && Process.Exit is { } exit ? exit.ToString() : State.Text;

    private string Tone => State.Tone.ToString().ToLowerInvariant();

    private string NameColor => PrefixStyle.ColorOf(Process);

    private bool ShowsUptime => Process is { State: ProcessState.Running, StartedAt: not null } && Process.Ready != false;

    private DateTimeOffset? EndedAt => Process.State.IsUp() || Process.Exit is null ? null : Process.EndedAt;

    // It stays open while the process prints something: what was typed into it would be lost.
    protected override void OnParametersSet() => _answers &= Process.State == ProcessState.Running;

    private string? Why => Process.RestartAt is not null ? "" : Process.Explanation(Time.GetUtcNow());

    private string? WhyTitle => Process.RestartAt is null ? Why : Process.Reason;

    private string Tooltip => string.Join(
        '\n',
        ((string?[])[Process.Name, Process.Pid is { } pid ? $"PID {pid} – {Process.Command}" : Process.Command, Process.Rule]).OfType<string>());
}
