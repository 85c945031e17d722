using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OvermindGui.Web.Hosting;

namespace OvermindGui.Web.Components.Layout;

/// <summary>Hands its page the reason for which the dashboard ends; the reconnect overlay then tells it.</summary>
public sealed class ShutdownNotice : ComponentBase, IDisposable
{
    [Inject] private ShutdownNotifier ShutdownNotifier { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    public void Dispose() => ShutdownNotifier.Remove(TellAsync);

    protected override void OnInitialized() => ShutdownNotifier.Add(TellAsync);

    private Task TellAsync(string reason) => InvokeAsync(async () =>
    {
        try
        {
            await Script.InvokeVoidAsync("overmindPage.expectEnd", reason);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // nobody is looking any more
        }
    });
}
