using Microsoft.AspNetCore.Components;
using OvermindGui.Core.Output;
using OvermindGui.Core.Processes;
using OvermindGui.Core.Projects;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Pages;

/// <summary>The page: it holds what header, process list and log share, and renders when the system changes, never on a line.</summary>
public sealed partial class Dashboard(SystemFeed feed, NavigationManager navigation, ProjectFolder folder) : IAsyncDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private Task _watch = Task.CompletedTask;
    private SystemSnapshot? _snapshot;
    private ProcessFilter _filter = ProcessFilter.Everything;
    private bool _following = true;
    private bool _drawerOpen = true;

    /// <summary>Names of hidden processes, in the address: they survive a reload and a restart of the dashboard.</summary>
    [SupplyParameterFromQuery(Name = HiddenProcesses.QueryName)] public string? Hide { get; set; }

    private ProjectFolder Folder => folder;

    protected override void OnInitialized() => _watch = WatchAsync(_disposed.Token);

    protected override void OnParametersSet()
    {
        var filter = HiddenProcesses.Parse(Hide);
        if (!filter.Hidden.SetEquals(_filter.Hidden)) _filter = filter;
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        await _watch;
        _disposed.Dispose();
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var snapshot in feed.WatchAsync(cancellationToken)) await InvokeAsync(() => Take(snapshot));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the page is gone
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private void Take(SystemSnapshot snapshot)
    {
        _snapshot = snapshot;
        StateHasChanged();
    }

    private void Follow(bool following) => _following = following;

    private void Show(ProcessFilter filter)
    {
        _filter = filter;
        var address = navigation.GetUriWithQueryParameter(HiddenProcesses.QueryName, HiddenProcesses.Format(filter));
        navigation.NavigateTo(address.Replace("%2C", ",", StringComparison.OrdinalIgnoreCase), replace: true); // to be read by people
    }
}
