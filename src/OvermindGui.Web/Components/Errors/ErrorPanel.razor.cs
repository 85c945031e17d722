using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Errors;

/// <summary>The errors of the shown processes beside the log: equal ones as one, with how often and when.</summary>
public sealed partial class ErrorPanel(ErrorsQuery errors, ChangeBroadcaster changes, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _disposed = new();
    private ErrorsReport? _report;
    private string? _problem;
    private ProcessFilter _readOf = ProcessFilter.Everything;
    private bool _onlyNew;

    /// <summary>Null until the first one was read.</summary>
    [Parameter] public SystemSnapshot? Snapshot { get; set; }

    /// <summary>Whose errors are listed.</summary>
    [Parameter] public ProcessFilter Shown { get; set; } = ProcessFilter.Everything;

    /// <summary>A line of a process is to be shown.</summary>
    [Parameter] public EventCallback<(string Process, long Line)> Show { get; set; }

    /// <summary>The panel is to be closed.</summary>
    [Parameter] public EventCallback Close { get; set; }

    private string ChartLabel => _report?.ChartFrom is { } from ? $"How often since {Stamp(from)}" : "";

    protected override async Task OnInitializedAsync()
    {
        using var notifier = changes.Subscribe();
        try
        {
            while (true)
            {
                await ReadAsync();
                StateHasChanged();
                await Task.Delay(ShortestPause, time, _disposed.Token);
                await notifier.WaitAsync(_disposed.Token);
            }
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // closed
        }
    }

    protected override Task OnParametersSetAsync() => _report is null || _readOf == Shown ? Task.CompletedTask : ReadAsync();

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private async Task ReadAsync()
    {
        _readOf = Shown;
        var request = new ErrorsRequest(Shown.IsEverything ? null : [.. (Snapshot?.Processes ?? []).Select(p => p.Name).Where(Shown.Shows)], New: _onlyNew);
        try
        {
            var report = await Task.Run(() => errors.Read(request), _disposed.Token);
            (_report, _problem) = (report, null);
        }
        catch (RequestException e)
        {
            _problem = e.Message;
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            _problem = $"The errors cannot be read now: {e.Message}";
        }
    }

    private Task ChooseAsync(bool onlyNew)
    {
        _onlyNew = onlyNew;
        return ReadAsync();
    }

    private string Ago(DateTimeOffset at) => StateWords.Ago(time.GetUtcNow() - at);

    private static string Title(ErrorReport error) => error.Count > 1 ? $"{Stamp(error.First)} – {Stamp(error.Last)}" : Stamp(error.Last);

    private static string Stamp(DateTimeOffset at) => at.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
