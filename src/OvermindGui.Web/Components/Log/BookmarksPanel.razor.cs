using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Frames;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

/// <summary>Lists the starred lines, also those that another page or the command line stars meanwhile.</summary>
public sealed partial class BookmarksPanel(Bookmarks stars, StarMenu menu, LineAddress links, ChangeBroadcaster changes) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lifetime _lifetime = new();
    private IReadOnlyList<BookmarkInfo>? _stars;
    private string? _problem;
    private Task _watch = Task.CompletedTask;

    /// <summary>The panel is to be closed.</summary>
    [Parameter] public EventCallback Close { get; set; }

    /// <summary>A line of a process is to be shown.</summary>
    [Parameter] public EventCallback<(string Process, long Line)> Show { get; set; }

    private StarMenu Menu => menu;

    private LineAddress Links => links;

    protected override void OnInitialized() => _watch = InvokeAsync(WatchAsync);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _lifetime.EndAsync();
        await _watch;
        _lifetime.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            using var notifier = changes.Subscribe();
            while (true)
            {
                await notifier.WaitAsync(_lifetime.Token);
                await ReadAsync();
                await Task.Delay(Pause, _lifetime.Token);
            }
        }
        catch (Exception e) when (_lifetime.IsOver && e is OperationCanceledException or ObjectDisposedException)
        {
            // closed
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private async Task ReadAsync()
    {
        var (before, problem) = (_stars, _problem);
        try
        {
            (_stars, _problem) = (await Task.Run(stars.Read, _lifetime.Token), null);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            _problem = $"The starred lines cannot be read now: {e.Message}";
        }

        if (before is null || !before.SequenceEqual(_stars ?? []) || problem != _problem) StateHasChanged();
    }

    private async Task RemoveAsync(BookmarkInfo star)
    {
        await Task.Run(() => stars.Remove(star.Line));
        await ReadAsync();
    }
}
