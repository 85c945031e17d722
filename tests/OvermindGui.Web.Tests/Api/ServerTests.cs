using System.Diagnostics;
using System.Net;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

public sealed class ServerTests
{
    private const int Timeout = 60_000;

    [Fact(Timeout = Timeout)]
    public async Task A_restart_is_answered_before_it_begins()
    {
        await using var server = await RunningServer.StartAsync(new StoredProject().WithDatabase().WithProcess("web"));
        var answer = await server.PostAsync("/api/restart");
        Assert.Equal("""{"success":true,"message":"Server restart initiated"}""", answer.Body.GetRawText());
        Assert.Equal(WebServerExit.RestartRequested, await server.Ended);
    }

    [Fact(Timeout = Timeout)]
    public async Task Without_a_daemon_a_shutdown_ends_the_dashboard()
    {
        await using var server = await RunningServer.StartAsync(new StoredProject().WithDatabase().WithProcess("web", ProcessState.Stopped));
        var answer = await server.PostAsync("/api/shutdown");
        Assert.Equal((HttpStatusCode.OK, true), (answer.Status, answer["success"].GetBoolean()));
        Assert.Equal(WebServerExit.ShutDown, await server.Ended);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_process_that_a_killed_daemon_left_behind_is_reported_and_the_dashboard_stays()
    {
        using var orphan = Process.Start("sleep", "1000");
        try
        {
            await using var server = await RunningServer.StartAsync(new StoredProject().WithDatabase().WithProcess("web"));
            Record(server.Project, orphan.Id, TimeProvider.System.Seconds());

            var answer = await server.PostAsync("/api/shutdown");

            Assert.Contains("left processes behind", answer.ErrorOf(HttpStatusCode.InternalServerError), StringComparison.Ordinal);
            Assert.Equal($$"""[{"kind":"process","name":"web","pid":{{orphan.Id}}}]""", answer["survived"].GetRawText());
            Assert.False(answer["success"].GetBoolean());
            Assert.Equal(HttpStatusCode.OK, (await server.GetJsonAsync("/api/status")).Status);
        }
        finally
        {
            orphan.Kill();
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task A_number_that_another_program_has_by_now_is_no_survivor()
    {
        using var stranger = Process.Start("sleep", "1000");
        try
        {
            await using var server = await RunningServer.StartAsync(new StoredProject().WithDatabase().WithProcess("web"));
            Record(server.Project, stranger.Id, TimeProvider.System.Seconds() - 3600);
            Assert.True((await server.PostAsync("/api/shutdown"))["success"].GetBoolean());
        }
        finally
        {
            stranger.Kill();
        }
    }

    private static void Record(StoredProject project, int pid, double startedAt)
    {
        using var connection = project.Owner.OpenConnection();
        connection.Execute(null, "UPDATE process_status SET pid = $1, started_at = $2", pid, startedAt);
    }
}
