using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;
using OvermindGui.Web.Components.Layout;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Hosting;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Layout;

public sealed class ShutdownNoticeTests : DashboardContext
{
    private const string ExpectEnd = "overmindPage.expectEnd";

    private ShutdownNotifier ShutdownNotifier => Services.GetRequiredService<ShutdownNotifier>();

    [Fact]
    public async Task A_restart_is_announced_on_every_page()
    {
        Project.WithDatabase().WithLivingDaemon();
        Render<ShutdownNotice>();
        Render<ShutdownNotice>();
        await ShutdownNotifier.NotifyAsync(WebServerExit.RestartRequested);
        Assert.All(JSInterop.VerifyInvoke(ExpectEnd, 2), call => Assert.Equal([ShutdownNotifier.Restart], call.Arguments));
    }

    [Theory]
    [InlineData(WebServerExit.ShutDown)]
    [InlineData(WebServerExit.Stopped)]
    public async Task An_end_without_a_daemon_is_the_end_of_everything_whatever_asked_for_it(WebServerExit exit)
    {
        Render<ShutdownNotice>();
        await ShutdownNotifier.NotifyAsync(exit);
        Assert.Equal([ShutdownNotifier.Shutdown], JSInterop.VerifyInvoke(ExpectEnd).Arguments);
    }

    [Fact]
    public async Task A_dashboard_that_ends_alone_may_come_back_so_nothing_is_reported()
    {
        Project.WithDatabase().WithLivingDaemon();
        Render<ShutdownNotice>();
        await ShutdownNotifier.NotifyAsync(WebServerExit.Stopped);
        JSInterop.VerifyNotInvoke(ExpectEnd);
    }

    [Fact]
    public async Task A_page_that_was_left_gets_no_notice()
    {
        Render<ShutdownNotice>();
        await DisposeComponentsAsync();
        await ShutdownNotifier.NotifyAsync(WebServerExit.ShutDown);
        JSInterop.VerifyNotInvoke(ExpectEnd);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_page_that_does_not_answer_holds_up_no_end()
    {
        ShutdownNotifier.Add(_ => Task.Delay(-1, Cancellation));
        Render<ShutdownNotice>();
        await ShutdownNotifier.NotifyAsync(WebServerExit.ShutDown);
        Assert.Equal([ShutdownNotifier.Shutdown], JSInterop.VerifyInvoke(ExpectEnd).Arguments);
    }

    // As when the dashboard warms up; now and then it ends meanwhile.
    [Fact(Timeout = 20_000)]
    public async Task A_page_that_is_only_rendered_and_has_no_browser_is_not_called()
    {
        await using var services = new ServiceCollection().AddSingleton(ShutdownNotifier).AddSingleton<IJSRuntime, NoBrowser>().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        await renderer.Dispatcher.InvokeAsync(() => renderer.RenderComponentAsync<ShutdownNotice>());

        await ShutdownNotifier.NotifyAsync(WebServerExit.ShutDown);

        Assert.Equal(0, Assert.IsType<NoBrowser>(services.GetRequiredService<IJSRuntime>()).Calls);
    }

    // Fails as .NET's own does.
    private sealed class NoBrowser : IJSRuntime
    {
        public int Calls { get; private set; }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
        {
            Calls++;
            throw new InvalidOperationException("The component is statically rendered");
        }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);
    }
}
