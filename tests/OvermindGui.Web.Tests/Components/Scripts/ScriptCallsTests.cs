using Microsoft.JSInterop;
using OvermindGui.Web.Components.Scripts;

namespace OvermindGui.Web.Tests.Components.Scripts;

/// <summary>A page whose browser was out of reach.</summary>
public class ScriptCallsTests
{
    [Theory]
    [InlineData(typeof(TaskCanceledException))] // after a minute without an answer
    [InlineData(typeof(JSDisconnectedException))]
    public async Task A_browser_that_does_not_answer_ends_no_page(Type failure)
    {
        var script = await AttachedAsync(() => throw (Exception)Activator.CreateInstance(failure, "no answer")!);
        await script.CallAsync("show", 1);
        Assert.Null(await script.AskAsync<long?>("place"));
        await script.DisposeAsync();
    }

    [Fact]
    public async Task An_error_of_the_script_stays_an_error()
    {
        var script = await AttachedAsync(() => throw new JSException("x is undefined"));
        await Assert.ThrowsAsync<JSException>(() => script.CallAsync("show", 1));
    }

    private static async Task<ElementScript> AttachedAsync(Action answer)
    {
        var script = new ElementScript(new Browser(answer), "Components/X.razor.js");
        await script.AttachAsync();
        return script;
    }

    private sealed class Browser(Action answer) : IJSRuntime, IJSObjectReference
    {
        public ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args) => InvokeAsync<T>(identifier, CancellationToken.None, args);

        public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args)
        {
            if (identifier is not ("import" or "attach")) answer();
            return ValueTask.FromResult((T)(object)this);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
