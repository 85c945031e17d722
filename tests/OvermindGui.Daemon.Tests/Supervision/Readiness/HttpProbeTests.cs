using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Supervision.Readiness;

public class HttpProbeTests
{
    [Theory(Timeout = 120_000)]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(399)]
    public async Task A_good_status_is_ready(int status)
    {
        await using var server = await ServeAsync(context => context.Response.StatusCode = status);
        Assert.True((await ReadyProbes.Of(Check(server)).RunAsync(TestContext.Current.CancellationToken)).IsReady);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_redirect_is_an_answer_and_not_followed()
    {
        var paths = new List<string>();
        await using var server = await ServeAsync(context =>
        {
            paths.Add(context.Request.Path);
            context.Response.Redirect("/broken");
        });
        Assert.True((await ReadyProbes.Of(Check(server)).RunAsync(TestContext.Current.CancellationToken)).IsReady);
        Assert.Equal(["/health"], paths);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_bad_status_is_asked_again_until_it_is_good()
    {
        var asked = 0;
        await using var server = await ServeAsync(context => context.Response.StatusCode = Interlocked.Increment(ref asked) switch
        {
            1 => 503,
            2 => 404,
            _ => 200,
        });
        Assert.True((await ReadyProbes.Of(Check(server)).RunAsync(TestContext.Current.CancellationToken)).IsReady);
        Assert.Equal(3, asked);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_is_silent_is_asked_again()
    {
        var asked = 0;
        var time = new SkippableTime();
        await using var server = await ServeAsync(async context =>
        {
            if (Interlocked.Increment(ref asked) == 1) await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        var ready = ReadyProbes.Of(Check(server), time).RunAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => asked == 1);
        time.Skip(TimeSpan.FromSeconds(10));
        Assert.True((await ready).IsReady);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_bad_status_is_the_reason_of_a_timeout()
    {
        var asked = 0;
        var time = new SkippableTime();
        await using var server = await ServeAsync(context =>
        {
            context.Response.StatusCode = 503;
            Interlocked.Increment(ref asked);
        });
        var ready = ReadyProbes.Of(Check(server), time).RunAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => asked > 1);
        time.Skip(ReadyProbes.Timeout);
        Assert.EndsWith("/health: status 503", (await ready).Problem, StringComparison.Ordinal);
    }

    private static HttpReady Check(WebApplication server) =>
        new(new Uri($"{server.Urls.Single()}/health"), ReadyProbes.Interval, ReadyProbes.Timeout);

    private static Task<WebApplication> ServeAsync(Action<HttpContext> answer) => ServeAsync(context =>
    {
        answer(context);
        return Task.CompletedTask;
    });

    private static async Task<WebApplication> ServeAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions()); // watches no files
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.Run(context => answer(context));
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }
}
