using Microsoft.AspNetCore.Components;
using OvermindGui.Web.Components.Frames;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.HubView;

/// <summary>A panel that reads from the hub at once, when something else is chosen, and when there may be something new.</summary>
public abstract class HubLivePanel : ComponentBase, IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(2);

    private readonly Lifetime _lifetime = new();
    private HubChoice? _readOf;

    /// <summary>What is chosen in the tree.</summary>
    [Parameter, EditorRequired] public required HubChoice Choice { get; set; }

    /// <summary>The panel is to be closed.</summary>
    [Parameter] public EventCallback Close { get; set; }

    [Inject] private IChangeSource Changes { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    [Inject] private protected HubSources Sources { get; set; } = null!;

    /// <summary>Why nothing can be read; null when it can.</summary>
    protected string? Problem { get; private set; }

    /// <summary>Whether it was read at least once.</summary>
    protected bool IsRead { get; private set; }

    /// <summary>Reads what <see cref="Choice"/> means.</summary>
    protected abstract Task ReadAsync(CancellationToken cancellationToken);

    protected override async Task OnInitializedAsync()
    {
        using var watcher = Changes.Subscribe();
        try
        {
            while (true)
            {
                await TryReadAsync();
                StateHasChanged();
                await Task.Delay(ShortestPause, Time, _lifetime.Token);
                await watcher.WaitAsync(_lifetime.Token);
            }
        }
        catch (OperationCanceledException) when (_lifetime.IsOver)
        {
            // closed
        }
    }

    protected override Task OnParametersSetAsync() => _readOf is null || _readOf == Choice ? Task.CompletedTask : TryReadAsync();

    /// <inheritdoc/>
    public void Dispose()
    {
        _lifetime.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task TryReadAsync()
    {
        _readOf = Choice;
        try
        {
            await ReadAsync(_lifetime.Token);
            (Problem, IsRead) = (null, true);
        }
        catch (UnreadableException e)
        {
            Problem = e.Message;
        }
        catch (OperationCanceledException) when (_lifetime.IsOver)
        {
            // closed
        }
    }
}
