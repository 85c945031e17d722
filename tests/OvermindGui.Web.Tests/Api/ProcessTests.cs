using System.Net;
using System.Text.Json;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

public sealed class ProcessTests
{
    private const int Timeout = 30_000;

    [Fact(Timeout = Timeout)]
    public async Task Processes_have_every_field_of_the_contract_and_stand_in_the_order_of_the_Procfile()
    {
        await using var server = await RunningServer.StartAsync(new StoredProject().WithDatabase().WithLivingDaemon()
            .WithProcess("web").WithProcess("api", ProcessState.Stopped).WithProcess("bad", ProcessState.Broken)
            .WithProcess("done", ProcessState.Dead, exitCode: 3));
        server.Project.Append("web", "one", "two");

        var processes = (await server.GetJsonAsync("/api/processes"))["processes"];

        Assert.Equal(["web", "api", "bad", "done"], processes.Names());
        var web = processes.GetProperty("web");
        Assert.Equal(("web", "running", 2), (web.GetProperty("name").GetString(), web.GetProperty("status").GetString(), web.GetProperty("output_count").GetInt32()));
        Assert.Equal((true, false, false), Flags(web));
        Assert.InRange(web.GetProperty("last_restart_time").GetDouble(), 1_600_000_000, 4_000_000_000);
        Assert.Equal(0, web.GetProperty("warning_patterns").GetArrayLength());
        Assert.Equal((true, true, false), Flags(processes.GetProperty("api")));
        Assert.Equal((true, false, true), Flags(processes.GetProperty("bad")));
        Assert.Equal(("dead", 3), (processes.GetProperty("done").GetProperty("status").GetString(), processes.GetProperty("done").GetProperty("exit_code").GetInt32()));
    }

    [Fact(Timeout = Timeout)]
    public async Task Without_a_database_there_are_no_processes_and_the_answer_says_why()
    {
        await using var server = await RunningServer.StartAsync(new StoredProject());

        var answer = await server.GetJsonAsync("/api/processes");

        Assert.Contains("no database yet", answer.ErrorOf(HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
        Assert.Empty(answer["processes"].Names());
    }

    [Fact(Timeout = Timeout)]
    public async Task Toggle_changes_the_selection_back_and_forth_and_another_server_knows_of_it()
    {
        await using var server = await RunningServer.StartAsync(new StoredProject().WithDatabase().WithProcess("web").WithProcess("api"));

        var answer = await server.PostAsync("/api/process/web/toggle");

        Assert.Equal((true, "web", false), (answer["success"].GetBoolean(), answer["process"].GetString(), answer["selected"].GetBoolean()));
        Assert.Equal(["web"], new ProcessSelection(server.Project.Owner).Deselected());
        Assert.Equal((false, true), await SelectedAsync(server));
        Assert.True((await server.PostAsync("/api/process/web/toggle"))["selected"].GetBoolean());
        Assert.Equal((true, true), await SelectedAsync(server));
    }

    [Fact(Timeout = Timeout)]
    public async Task All_are_selected_and_deselected_at_once()
    {
        await using var server = await RunningServer.StartAsync(new StoredProject().WithDatabase().WithProcess("web").WithProcess("api"));
        server.Project.Append("web", "one");

        var none = await server.PostAsync("/api/processes/deselect-all");
        Assert.Equal((true, "All processes deselected"), (none["success"].GetBoolean(), none["message"].GetString()));
        Assert.Equal((false, false), Selected(none["processes"]));

        var all = await server.PostAsync("/api/processes/select-all");
        Assert.Equal("All processes selected", all["message"].GetString());
        Assert.Equal((true, true), Selected(all["processes"]));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("toggle")]
    [InlineData("start")]
    [InlineData("stop")]
    [InlineData("restart")]
    [InlineData("kill")]
    public async Task A_name_that_is_not_known_is_not_found_and_the_known_ones_are_named(string action)
    {
        await using var server = await RunningServer.StartAsync(new StoredProject().WithDatabase().WithProcess("web").WithProcess("api"));
        var answer = await server.PostAsync($"/api/process/nope/{action}");
        Assert.Equal("Unknown process: nope (known: web, api)", answer.ErrorOf(HttpStatusCode.NotFound));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("start")]
    [InlineData("stop")]
    [InlineData("restart")]
    [InlineData("kill")]
    public async Task A_command_without_a_daemon_is_no_success_and_says_why(string action)
    {
        await using var server = await RunningServer.StartAsync(new StoredProject().WithDatabase().WithProcess("web"));

        var answer = await server.PostAsync($"/api/process/web/{action}");

        Assert.Equal("No daemon running", answer.ErrorOf(HttpStatusCode.ServiceUnavailable));
        Assert.Equal((false, "No daemon running"), (answer["success"].GetBoolean(), answer["message"].GetString()));
    }

    private static (bool Selected, bool Disabled, bool Broken) Flags(JsonElement process) =>
        (process.GetProperty("selected").GetBoolean(), process.GetProperty("user_disabled").GetBoolean(), process.GetProperty("broken").GetBoolean());

    private static async Task<(bool Web, bool Api)> SelectedAsync(RunningServer server) =>
        Selected((await server.GetJsonAsync("/api/processes"))["processes"]);

    private static (bool Web, bool Api) Selected(JsonElement processes) =>
        (processes.GetProperty("web").GetProperty("selected").GetBoolean(), processes.GetProperty("api").GetProperty("selected").GetBoolean());
}
