using Bunit;
using Microsoft.JSInterop;
using OvermindGui.Web.Components.Layout;
using OvermindGui.Web.Components.Log;

namespace OvermindGui.Web.Tests.Components.Layout;

/// <summary>What a visitor changes before the page has read what the browser remembers is not undone by that.</summary>
public sealed class BrowserMemoryTests : IDisposable
{
    private const string Scripts = "./_content/OvermindGui.Web/js/";

    private readonly BunitContext _browser = new();

    public BrowserMemoryTests() => _browser.JSInterop.Mode = JSRuntimeMode.Loose;

    public void Dispose() => _browser.Dispose();

    [Fact]
    public async Task A_list_that_is_closed_at_once_stays_closed()
    {
        var module = _browser.JSInterop.SetupModule(Scripts + "settings.js");
        module.Mode = JSRuntimeMode.Loose;
        var read = module.Setup<string?>("read");
        await using var shell = new BrowserShell(_browser.JSInterop.JSRuntime);
        using var page = DotNetObjectReference.Create(this);

        var attaching = shell.AttachAsync(page);
        await shell.KeepAsync(shell.Settings with { SidebarOpen = false });
        read.SetResult("""{"sidebarOpen":true}""");
        await attaching;

        Assert.False(shell.Settings.SidebarOpen);
        Assert.Contains("\"sidebarOpen\":false", (string)module.Invocations["write"][^1].Arguments[0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_was_left_closed_is_closed()
    {
        var module = _browser.JSInterop.SetupModule(Scripts + "settings.js");
        module.Setup<string?>("read").SetResult("""{"sidebarOpen":false}""");
        await using var shell = new BrowserShell(_browser.JSInterop.JSRuntime);
        using var page = DotNetObjectReference.Create(this);

        await shell.AttachAsync(page);

        Assert.False(shell.Settings.SidebarOpen);
    }

    [Fact]
    public async Task Options_of_the_view_that_are_changed_at_once_stay_changed()
    {
        var module = _browser.JSInterop.SetupModule(Scripts + "log/options.js");
        module.Mode = JSRuntimeMode.Loose;
        var read = module.Setup<string?>("read");
        await using var memory = new ViewOptionsMemory(_browser.JSInterop.JSRuntime);

        var reading = memory.ReadAsync();
        await memory.KeepAsync(ViewOptions.Default with { Wrap = !ViewOptions.Default.Wrap });
        read.SetResult(null);
        await reading;

        Assert.Equal(!ViewOptions.Default.Wrap, memory.Options.Wrap);
        Assert.NotEmpty(module.Invocations["write"]);
    }
}
