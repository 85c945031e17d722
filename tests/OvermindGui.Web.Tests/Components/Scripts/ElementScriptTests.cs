using Microsoft.JSInterop;
using OvermindGui.Web.Components.Scripts;

namespace OvermindGui.Web.Tests.Components.Scripts;

public sealed class ElementScriptTests
{
    [Fact]
    public async Task A_component_that_goes_while_its_script_loads_is_not_attached()
    {
        var browser = new SlowBrowser();
        var script = new ElementScript(browser, "Components/Log/LogView.razor.js");
        var attaching = script.AttachAsync("element");
        await script.DisposeAsync();
        browser.Module.SetResult(browser);
        await attaching;

        Assert.False(script.IsAttached);
        Assert.Equal(["import", "dispose"], browser.Calls);
    }

    [Fact]
    public async Task A_page_that_goes_while_a_script_loads_is_no_error()
    {
        var browser = new SlowBrowser();
        var script = new ElementScript(browser, "Components/Log/LogView.razor.js");
        var attaching = script.AttachAsync("element");
        await script.DisposeAsync();
        browser.Module.SetException(new JSDisconnectedException("gone"));
        await attaching;
        Assert.False(script.IsAttached);
    }

    private sealed class SlowBrowser : IJSRuntime, IJSObjectReference
    {
        public TaskCompletionSource<IJSObjectReference> Module { get; } = new();

        public List<string> Calls { get; } = [];

        public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
        {
            Calls.Add(identifier);
            return (TValue)await Module.Task;
        }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);

        public ValueTask DisposeAsync()
        {
            Calls.Add("dispose");
            return ValueTask.CompletedTask;
        }
    }
}
