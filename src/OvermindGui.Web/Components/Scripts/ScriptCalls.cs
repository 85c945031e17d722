using Microsoft.JSInterop;

namespace OvermindGui.Web.Components.Scripts;

/// <summary>
/// Calls of a script whose effect can be missed. A browser that was out of reach for a while leaves them without an answer, and .NET cancels
/// them after a minute: the page, which may be connected again by then, must not end with that.
/// </summary>
internal static class ScriptCalls
{
    public static async Task SendAsync(this IJSObjectReference script, string function, params object?[] arguments)
    {
        try
        {
            await script.InvokeVoidAsync(function, arguments);
        }
        catch (Exception e) when (IsMissed(e))
        {
            // what it was to show follows with the next call
        }
    }

    /// <summary>The default when there is no answer.</summary>
    public static async Task<T?> AskAsync<T>(this IJSObjectReference script, string function, params object?[] arguments)
    {
        try
        {
            return await script.InvokeAsync<T?>(function, arguments);
        }
        catch (Exception e) when (IsMissed(e))
        {
            return default;
        }
    }

    /// <summary>Whether the browser was out of reach or did not answer in time.</summary>
    public static bool IsMissed(Exception exception) => exception is JSDisconnectedException or OperationCanceledException;
}
