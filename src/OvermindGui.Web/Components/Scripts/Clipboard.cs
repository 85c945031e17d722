using Microsoft.JSInterop;
using MudBlazor;

namespace OvermindGui.Web.Components.Scripts;

/// <summary>Copies for the reader, and says whether the browser did it.</summary>
public sealed class Clipboard(IJSRuntime script, ISnackbar snackbar)
{
    /// <summary>What is said when a browser refuses. Its own words name functions.</summary>
    public const string Refused = "The browser does not allow copying here. Select the text and copy it by hand.";

    private const int Shown = 1_500; // ms

    /// <summary>Copies a text.</summary>
    /// <param name="text">Copied as it is.</param>
    /// <param name="done">What is said then.</param>
    public Task CopyAsync(string text, string done = "Copied") => TryAsync(done, async () =>
    {
        await using var module = await script.InvokeAsync<IJSObjectReference>("import", "./_content/OvermindGui.Web/js/clipboard.js");
        await module.InvokeVoidAsync("write", text);
    });

    /// <summary>Does what copies, and says so.</summary>
    /// <param name="done">What is said then.</param>
    /// <param name="copyAsync">Ends with the browser's exception when it refuses.</param>
    public async Task TryAsync(string done, Func<Task> copyAsync)
    {
        try
        {
            await copyAsync();
            snackbar.Add(done, Severity.Success, options => options.VisibleStateDuration = Shown);
        }
        catch (JSException)
        {
            snackbar.Add(Refused, Severity.Error);
        }
    }
}
