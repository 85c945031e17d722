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

    // Not before it is in a browser: a page that is only rendered has none to call.
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) ShutdownNotifier.Add(ShowAsync);
    }

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
