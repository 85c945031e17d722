using System.Globalization;
using MudBlazor;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Web.Components.Processes;

/// <summary>How much attention a state asks for; each has a colour.</summary>
public enum StateTone
{
    /// <summary>Runs as it should.</summary>
    Good,

    /// <summary>On its way to another state.</summary>
    Busy,

    /// <summary>Waits for something: a dependency, a restart, an answer.</summary>
    Waiting,

    /// <summary>Failed.</summary>
    Bad,

    /// <summary>Rests, on purpose or because it is done.</summary>
    Calm,
}

/// <summary>The groups in which the top bar counts processes, and by which it filters the list.</summary>
public enum StateGroup
{
    /// <summary>Runs, or is about to.</summary>
    Running,

    /// <summary>Ended with an error, or was stopped because of a failure.</summary>
    Failed,

    /// <summary>Asks a question.</summary>
    Input,

    /// <summary>Waits for another process.</summary>
    Waiting,

    /// <summary>Stopped, exited, not started or not known.</summary>
    Stopped,
}

/// <summary>The state of a process in words, icon and colour.</summary>
/// <param name="Word">One or two words: <c>running</c>, <c>failed</c>, <c>not started</c>.</param>
/// <param name="Exit">How it ended, when that was a failure: <c>exit 3</c>, <c>SIGKILL</c>.</param>
public sealed record ProcessPresentation(string Word, string? Exit, string Icon, StateTone Tone, StateGroup Group)
{
    /// <summary>Word and exit: <c>failed · exit 3</c>.</summary>
    public string Text => Exit is null ? Word : $"{Word} · {Exit}";

    /// <summary>The presentation of a process as it is now.</summary>
    public static ProcessPresentation Of(ProcessInfo process) => process.State switch
    {
        ProcessState.Running when process.WaitingForInput is not null =>
            new(StateWords.WaitingForInput, null, Icons.Material.Filled.Keyboard, StateTone.Waiting, StateGroup.Input),
        ProcessState.Running when process.Ready == false =>
            new("not ready", null, Icons.Material.Filled.RadioButtonUnchecked, StateTone.Busy, StateGroup.Running),
        ProcessState.Running => new("running", null, Icons.Material.Filled.Circle, StateTone.Good, StateGroup.Running),
        ProcessState.Starting => new("starting", null, Icons.Material.Filled.Pending, StateTone.Busy, StateGroup.Running),
        ProcessState.Stopping => new("stopping", null, Icons.Material.Filled.Pending, StateTone.Busy, StateGroup.Running),
        ProcessState.Waiting when process.RestartAt is not null =>
            new("restarts", process.Exit is { IsSuccess: false } ? ExitOf(process.Exit) : null, Icons.Material.Filled.Autorenew, StateTone.Waiting, StateGroup.Waiting),
        ProcessState.Waiting => new("waiting", null, Icons.Material.Filled.HourglassEmpty, StateTone.Waiting, StateGroup.Waiting),
        ProcessState.Exited => new("exited", null, Icons.Material.Filled.Check, StateTone.Calm, StateGroup.Stopped),
        ProcessState.Dead => Failed(process, "failed", Icons.Material.Filled.Cancel),
        ProcessState.CrashLoop => Failed(process, "failed", Icons.Material.Filled.Autorenew),
        ProcessState.Broken => Failed(process, "failed (rule)", Icons.Material.Filled.ReportProblem) with { Exit = null },
        ProcessState.Stopped when process.StartedAt is null =>
            new("not started", null, Icons.Material.Outlined.Circle, StateTone.Calm, StateGroup.Stopped),
        ProcessState.Stopped => new("stopped", null, Icons.Material.Filled.Stop, StateTone.Calm, StateGroup.Stopped),
        _ => new("unknown", null, Icons.Material.Filled.QuestionMark, StateTone.Calm, StateGroup.Stopped),
    };

    /// <summary>Why it is in its state, without how it ended, which is shown beside it; null when there is nothing to add.</summary>
    public static string? ReasonOf(ProcessInfo process) =>
        process is { Reason: { } reason, Exit: { } exit } && reason.EndsWith($", {exit}", StringComparison.Ordinal) ? reason[..^$", {exit}".Length] : process.Reason;

    private static ProcessPresentation Failed(ProcessInfo process, string word, string icon) =>
        new(word, ExitOf(process.Exit), icon, StateTone.Bad, StateGroup.Failed);

    private static string? ExitOf(ExitStatus? exit) => exit switch
    {
        null => null,
        { Signal: not null } killed => killed.ToShortText(),
        { } ended => string.Create(CultureInfo.InvariantCulture, $"exit {ended.Code}"),
    };
}
