using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Failures;
using OvermindGui.Web.Components.Frames;
using OvermindGui.Web.Components.Layout;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Components.Resources;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Processes;

/// <summary>The details of one process beside the log: how it is and why, its runs, how it is set up, what counts as its failure.</summary>
public sealed partial class ProcessPanel(
    RunHistory runs, ProcessCommands commands, DeclarationEditor desk, FailureDialogs dialogs, OutputQuery output, OvermindDatabase database, ResourceFeed feed,
    NavigationManager navigation, TimeProvider time) : IDisposable
{
    private const int MostRuns = 30;

    private readonly Lifetime _lifetime = new();
    private IReadOnlyList<RunInfo> _runs = [];
    private IReadOnlyDictionary<long, long> _held = new Dictionary<long, long>(); // lines of pinned runs
    private IReadOnlyList<FailureDeclaration> _declarations = [];
    private ProcessInfo? _read;
    private string? _problem;
    private bool _isRead;
    private bool _answers; // a field for that is open
    private ProjectResources _resources = null!;

    /// <summary>Of which process.</summary>
    [Parameter, EditorRequired] public required string Name { get; set; }

    /// <summary>Null until the first one was read.</summary>
    [Parameter] public SystemSnapshot? Snapshot { get; set; }

    /// <summary>The tab that is in front; null for the first.</summary>
    [Parameter] public string? Tab { get; set; }

    [Parameter] public EventCallback<string?> TabChanged { get; set; }

    /// <summary>Only the lines of a run are to be shown.</summary>
    [Parameter] public EventCallback<RunInfo> ShowRun { get; set; }

    /// <summary>What happened before the end of a run is to be shown, of all processes.</summary>
    [Parameter] public EventCallback<RunInfo> ShowBefore { get; set; }

    /// <summary>The panel is to be closed.</summary>
    [Parameter] public EventCallback Close { get; set; }

    /// <summary>Another panel is asked for.</summary>
    [Parameter] public EventCallback<string?> Show { get; set; }

    private ProcessCommands Commands => commands;

    private TimeProvider Time => time;

    private bool Alive => Snapshot is { DaemonAlive: true };

    private ProcessInfo? Process => Snapshot?.Processes.FirstOrDefault(p => p.Name == Name);

    protected override void OnInitialized()
    {
        _resources = new ProjectResources(database, feed, time, Name);
        commands.Changed += OnCommandsChanged;
    }

    protected override Task OnParametersSetAsync()
    {
        _answers &= Process is { State: ProcessState.Running };
        if (Process is not { } process || _read == process with { LineCount = 0 }) return Task.CompletedTask;
        _read = process with { LineCount = 0 };
        return ReadAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        commands.Changed -= OnCommandsChanged;
        _lifetime.Dispose();
    }

    private static string StateText(ProcessInfo process)
    {
        var state = ProcessPresentation.Of(process);
        if (process.State.IsUp() || process.Exit is not { } exit) return Capital(state.Word);
        var ended = Capital(exit.ToString());
        return state.Word == "failed (rule)" ? $"Failed (rule), {exit}" : ended;
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static DateTimeOffset? EndedAt(ProcessInfo process) => process.State.IsUp() || process.Exit is null ? null : process.EndedAt;

    private Task OpenTerminalAsync() => Show.InvokeAsync(SidePanel.Terminal(Name));

    private void OnCommandsChanged() => InvokeAsync(StateHasChanged);

    private async Task ReadAsync()
    {
        try
        {
            (_runs, _held, _declarations) = await Task.Run(
                () =>
                {
                    var found = runs.Newest(Name, MostRuns);
                    return (found, found.Where(run => run.IsPinned).ToDictionary(run => run.Id, runs.LinesOf), desk.Read().For(Name));
                },
                _lifetime.Token);
            (_problem, _isRead) = (null, true);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            _problem = $"The runs cannot be read now: {e.Message}";
        }
        catch (OperationCanceledException) when (_lifetime.IsOver)
        {
            // closed
        }
    }

    private async Task PinAsync(RunInfo run)
    {
        await Task.Run(() => runs.Pin(run.Id, !run.IsPinned));
        await ReadAsync();
    }

    // To the line of a moment.
    private async Task JumpAsync(long moment)
    {
        var line = await Task.Run(() => output.LineAt(DateTimeOffset.FromUnixTimeMilliseconds(moment), new LineFilter(ProcessFilter.Only(Name))), _lifetime.Token);
        if (line is not null) navigation.NavigateTo(navigation.GetUriWithQueryParameter(LineAddress.Name, LineCursor.Of(database, line.Id).ToString()));
    }

    private async Task FailuresAsync()
    {
        await dialogs.ShowAsync(Name, [.. (Snapshot?.Processes ?? []).Select(p => p.Name)]);
        _declarations = desk.Read().For(Name);
    }
}
