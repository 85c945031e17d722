using Bunit;
using Microsoft.JSInterop;
using MudBlazor;
using OvermindGui.Web.Components.Scripts;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Scripts;

public sealed class ClipboardTests : DashboardContext
{
    [Fact]
    public async Task It_says_that_it_copied_and_in_plain_words_when_the_browser_refused()
    {
        var clipboard = Services.GetRequiredService<Clipboard>();
        var module = JSInterop.SetupModule("./_content/OvermindGui.Web/js/clipboard.js");
        module.SetupVoid("write", "a text").SetVoidResult();
        await clipboard.CopyAsync("a text", "Link copied");
        Assert.Equal((Severity.Success, "Link copied"), LastNotice());

        module.SetupVoid("write", "another").SetException(new JSException("NotAllowedError: Failed to execute 'writeText' on 'Clipboard'"));
        await clipboard.CopyAsync("another");
        Assert.Equal((Severity.Error, Clipboard.Refused), LastNotice());
    }
}
