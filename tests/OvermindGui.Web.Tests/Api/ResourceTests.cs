using System.Net;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

public sealed class ResourceTests
{
    private const int Timeout = 30_000;

    [Fact(Timeout = Timeout)]
    public async Task Samples_of_the_last_hour_are_averaged_to_the_number_of_points_that_is_asked_for()
    {
        await using var server = await RunningServer.StartAsync(new StoredProject().WithDatabase().WithLivingDaemon().WithProcess("web"));
        server.Project.Append("web", "one");
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        using (var context = server.Project.Owner.CreateDbContext())
        {
            var web = context.KnownProcesses.Single(p => p.Name == "web").Id;
            context.AddRange(Enumerable.Range(1, 100).Select(i => new ResourceSample
            {
                ProcessId = web,
                RunId = 1,
                Time = now - 5 * i,
                Span = 5,
                Cpu = i % 2 * 20,
                CpuPeak = i % 2 * 20,
                Memory = 1000,
                MemoryPeak = 1000,
                Threads = 2,
                OpenFiles = 3,
                DiskRead = 0,
                DiskWritten = 10,
                Children = 1,
            }));
            context.SaveChanges();
        }

        var all = await server.GetJsonAsync("/api/process/web/resources");
        var few = await server.GetJsonAsync("/api/process/web/resources?points=2&since=10m");

        Assert.Equal(("web", 100), (all["process"].GetString(), all["samples"].GetArrayLength()));
        Assert.InRange(few["samples"].GetArrayLength(), 1, 2);
        Assert.InRange(few["samples"][0].GetProperty("cpu").GetDouble(), 9, 11);
        Assert.Equal(20, few["samples"][0].GetProperty("cpu_peak").GetDouble());
    }

    [Theory(Timeout = Timeout)]
    [InlineData("nobody/resources", "Unknown process: nobody", HttpStatusCode.NotFound)]
    [InlineData("web/resources?points=0", "points: expected", HttpStatusCode.BadRequest)]
    [InlineData("web/resources?since=soon", "since: expected", HttpStatusCode.BadRequest)]
    [InlineData("web/resources?until=never", "until: expected", HttpStatusCode.BadRequest)]
    [InlineData("web/resources?since=1m&until=2m", "since: expected a time before until", HttpStatusCode.BadRequest)]
    public async Task What_is_wrong_is_named(string address, string words, HttpStatusCode status)
    {
        await using var server = await RunningServer.StartAsync(new StoredProject().WithDatabase().WithProcess("web"));

        Assert.StartsWith(words, (await server.GetJsonAsync($"/api/process/{address}")).ErrorOf(status), StringComparison.Ordinal);
    }
}
