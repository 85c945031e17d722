using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OvermindGui.Web.Components.Scripts;
using OvermindGui.Web.Hosting;

namespace OvermindGui.Web.Components.Layout;

/// <summary>Passes the reason for a shutdown to its page; the reconnect overlay then shows it.</summary>
public sealed class ShutdownNotice : ComponentBase, IDisposable
{
    [Inject] private ShutdownNotifier ShutdownNotifier { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    public void Dispose() => ShutdownNotifier.Remove(ShowAsync);

    protected override void OnInitialized() => ShutdownNotifier.Add(ShowAsync);

    private Task ShowAsync(string reason) => InvokeAsync(async () =>
    {
        try
        {
            await Script.InvokeVoidAsync("overmindPage.expectEnd", reason);
        }
        catch (Exception e) when (ScriptCalls.IsMissed(e))
        {
            // the page is already closed
        }
    });
}
