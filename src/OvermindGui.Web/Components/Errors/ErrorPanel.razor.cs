using System.Globalization;
using Microsoft.AspNetCore.Components;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Web.Components.Frames;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Errors;

/// <summary>The errors of the shown processes beside the log: equal ones as one, with how often and when.</summary>
public sealed partial class ErrorPanel(IChangeSource changes, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private readonly Lifetime _lifetime = new();
    private ErrorsReport? _report;
    private string? _problem;
    private IErrorSource? _readOf;
    private bool _onlyNew;

    /// <summary>Whose errors are listed.</summary>
    [Parameter, EditorRequired] public required IErrorSource Source { get; set; }

    /// <summary>The newest line of an error is to be shown.</summary>
    [Parameter] public EventCallback<ErrorReport> Show { get; set; }

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
                await Task.Delay(ShortestPause, time, _lifetime.Token);
                await notifier.WaitAsync(_lifetime.Token);
            }
        }
        catch (OperationCanceledException) when (_lifetime.IsOver)
        {
            // closed
        }
    }

    protected override Task OnParametersSetAsync() => _report is null || Source.Equals(_readOf) ? Task.CompletedTask : ReadAsync();

    /// <inheritdoc/>
    public void Dispose()
    {
        _lifetime.Dispose();
    }

    private async Task ReadAsync()
    {
        _readOf = Source;
        try
        {
            (_report, _problem) = (await Source.ReadAsync(_onlyNew, _lifetime.Token), null);
        }
        catch (UnreadableException e)
        {
            _problem = e.Message;
        }
    }

    private Task ChooseAsync(bool onlyNew)
    {
        _onlyNew = onlyNew;
        return ReadAsync();
    }

    private string Ago(DateTimeOffset at) => StateWords.Ago(time.GetUtcNow() - at);

    private static string NameOf(ErrorReport error) => error.Origin is { } origin ? $"{origin} {error.Process}" : error.Process;

    private static string Title(ErrorReport error) => error.Count > 1 ? $"{Stamp(error.First)} – {Stamp(error.Last)}" : Stamp(error.Last);

    private static string Stamp(DateTimeOffset at) => at.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
