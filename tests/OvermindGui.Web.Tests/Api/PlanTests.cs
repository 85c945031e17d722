using System.Net;
using OvermindGui.Core.Contracts;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

public sealed class PlanTests
{
    private const int Timeout = 30_000;

    [Fact(Timeout = Timeout)]
    public async Task Kill_answers_when_it_was_carried_out()
    {
        await using var server = await RunningServer.StartAsync(Living());
        var killing = server.PostAsync("/api/process/web/kill");
        Assert.Equal(("kill", "web"), await server.Project.AnswerAsync(succeeded: true, "Killed web"));
        Assert.Equal((true, "Killed web"), Outcome(await killing));
    }

    [Fact(Timeout = Timeout)]
    public async Task Scale_takes_a_number_for_each_entry()
    {
        await using var server = await RunningServer.StartAsync(Living().WithProcess("worker"));
        var scaling = server.PostAsync("/api/scale", """{"web":3,"worker":0}""");
        Assert.Equal(("scale", "web=3,worker=0"), await server.Project.AnswerAsync(succeeded: true, "Scaled web to 3\nScaled worker to 0"));
        Assert.Equal((true, "Scaled web to 3\nScaled worker to 0"), Outcome(await scaling));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("{}", HttpStatusCode.BadRequest, "Expected entries and their numbers of instances, such as {\"web\":3}")]
    [InlineData("null", HttpStatusCode.BadRequest, "Expected entries and their numbers of instances, such as {\"web\":3}")]
    [InlineData("""{"web":-1}""", HttpStatusCode.BadRequest, "web: expected a number of instances, 0 or more")]
    [InlineData("""{"web":"3"}""", HttpStatusCode.BadRequest, "The body does not have the expected form at $.web")]
    [InlineData("""{"web":1.5}""", HttpStatusCode.BadRequest, "The body does not have the expected form at $.web")]
    [InlineData("""{"nope":1}""", HttpStatusCode.NotFound, "Unknown process: nope (known: web)")]
    public async Task Numbers_that_cannot_be_used_are_refused_with_their_name(string body, HttpStatusCode status, string reason)
    {
        await using var server = await RunningServer.StartAsync(Living());
        Assert.Equal(reason, (await server.PostAsync("/api/scale", body)).ErrorOf(status));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_the_daemon_refuses_is_a_conflict()
    {
        await using var server = await RunningServer.StartAsync(Living());
        var scaling = server.PostAsync("/api/scale", """{"web":500}""");
        await server.Project.AnswerAsync(succeeded: false, "too many");
        Assert.Equal("too many", (await scaling).ErrorOf(HttpStatusCode.Conflict));

        var reloading = server.PostAsync("/api/reload");
        await server.Project.AnswerAsync(succeeded: false, "Procfile: no processes");
        Assert.Equal("Procfile: no processes", (await reloading).ErrorOf(HttpStatusCode.Conflict));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("", null, "reload", "Reloaded")]
    [InlineData("", """{"dry_run":false}""", "reload", "Reloaded")]
    [InlineData("", """{"dry_run":true}""", "preview-reload", "A reload would change this")]
    [InlineData("?dry_run=true", null, "preview-reload", "A reload would change this")]
    [InlineData("?dry_run=1", null, "preview-reload", "A reload would change this")]
    public async Task A_reload_says_what_it_changes_and_a_dry_one_only_that(string query, string? body, string command, string message)
    {
        await using var server = await RunningServer.StartAsync(Living());
        var reloading = server.PostAsync("/api/reload" + query, body);
        Assert.Equal((command, null), await server.Project.AnswerAsync(succeeded: true, "+ web\n~ api: command"));
        var answer = await reloading;
        Assert.Equal((true, message), Outcome(answer));
        Assert.Equal(["+ web", "~ api: command"], answer["changes"].EnumerateArray().Select(c => c.GetString()));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("?process=web&process=api", null, "reload")]
    [InlineData("", """{"processes":["web","api"]}""", "reload")]
    [InlineData("?process=web&dry_run=1", """{"processes":["api"]}""", "preview-reload")]
    public async Task A_reload_can_be_of_some_processes(string query, string? body, string command)
    {
        await using var server = await RunningServer.StartAsync(Living());
        var reloading = server.PostAsync("/api/reload" + query, body);
        Assert.Equal((command, "web,api"), await server.Project.AnswerAsync(succeeded: true, "~ api: command"));
        Assert.True((await reloading)["success"].GetBoolean());
        Assert.Equal("process: expected the name of a process; repeat it for several", (await server.PostAsync("/api/reload?process=a,b")).ErrorOf(HttpStatusCode.BadRequest));
        Assert.Contains("$.processes", (await server.PostAsync("/api/reload", """{"processes":"web"}""")).ErrorOf(HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Where_nothing_was_changed_there_are_no_changes()
    {
        await using var server = await RunningServer.StartAsync(Living());
        var reloading = server.PostAsync("/api/reload");
        await server.Project.AnswerAsync(succeeded: true, "Nothing has changed");
        var answer = await reloading;
        Assert.Equal((true, "Nothing has changed"), Outcome(answer));
        Assert.Equal(0, answer["changes"].GetArrayLength());
        Assert.Equal("dry_run: expected true or false", (await server.PostAsync("/api/reload?dry_run=maybe")).ErrorOf(HttpStatusCode.BadRequest));
        Assert.Contains("$.dry_run", (await server.PostAsync("/api/reload", """{"dry_run":5}""")).ErrorOf(HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Without_a_daemon_nothing_is_scaled_or_reloaded()
    {
        await using var server = await RunningServer.StartAsync(new StoredProject().WithDatabase().WithProcess("web"));
        Assert.Equal("No daemon running", (await server.PostAsync("/api/scale", """{"web":2}""")).ErrorOf(HttpStatusCode.ServiceUnavailable));
        Assert.Equal("No daemon running", (await server.PostAsync("/api/reload")).ErrorOf(HttpStatusCode.ServiceUnavailable));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_process_is_explained_and_its_secrets_are_never_told()
    {
        var project = new StoredProject().WithProcfile("db: run db\nweb: run web\n");
        await WriteAsync(project, ".env", "API_KEY=sesame-4711\nURL=postgres://me:sesame-4711@host/db\nCOPY=a-${API_KEY}\nCOLOR=red\n");
        await WriteAsync(project, "overmind-gui.yaml", "processes: {web: {depends_on: {db: started}, ready: {http: \"/?k=$API_KEY\"}, timeout: 7s, stop: {command: \"down --key sesame-4711\"}}}\n");
        await using var server = await RunningServer.StartAsync(project);

        var web = await server.GetJsonAsync("/api/process/web/environment");

        Assert.DoesNotContain("sesame", web.Body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(
            ("web", "run web", 2, 5100, "SIGTERM", 7d, "when it ends, the others keep running"),
            (web["process"].GetString(), web["command"].GetString(), web["line"].GetInt32(), web["port"].GetInt32(), web["stop_signal"].GetString(),
                web["stop_timeout"].GetDouble(), web["rule"].GetString()));
        Assert.Equal(("db", "started"), (web["depends_on"][0].GetProperty("entry").GetString(), web["depends_on"][0].GetProperty("condition").GetString()));
        Assert.Equal("http://localhost:5100/?k=•••", web["ready"].GetProperty("target").GetString());
        Assert.Equal(("down --key •••", 10d), (web["stop"].GetProperty("command").GetString(), web["stop"].GetProperty("timeout").GetDouble()));
        Assert.Equal(("red", false, ".env line 4"), Variable(web, "COLOR"));
        Assert.Equal((null, true, ".env line 1"), Variable(web, "API_KEY"));
        Assert.Equal((null, true, ".env line 2"), Variable(web, "URL"));
        Assert.Equal((null, true, ".env line 3"), Variable(web, "COPY"));
        Assert.DoesNotContain(web["variables"].EnumerateArray(), v => v.GetProperty("name").GetString() == "PATH"); // inherited
        Assert.Equal("Unknown process: nope (known: db, web)", (await server.GetJsonAsync("/api/process/nope/environment")).ErrorOf(HttpStatusCode.NotFound));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_waits_or_exited_counts_as_stopped_and_what_failed_as_dead()
    {
        await using var server = await RunningServer.StartAsync(Living().WithProcess("late", ProcessState.Waiting)
            .WithProcess("flaky", ProcessState.CrashLoop, exitCode: 1).WithProcess("gone", ProcessState.Dead, exitCode: 1)
            .WithProcess("done", ProcessState.Exited, exitCode: 0));
        var stats = (await server.GetJsonAsync("/api/state"))["stats"];
        Assert.Equal([5, 1, 2, 2, 0], ((string[])["total", "running", "stopped", "dead", "broken"]).Select(n => stats.GetProperty(n).GetInt32()));
    }

    private static StoredProject Living() => new StoredProject().WithDatabase().WithProcess("web").WithLivingDaemon();

    private static Task WriteAsync(StoredProject project, string file, string text) =>
        File.WriteAllTextAsync(Path.Combine(project.Folder.Root, file), text, TestContext.Current.CancellationToken);

    private static (bool Success, string? Message) Outcome(ApiAnswer answer) => (answer["success"].GetBoolean(), answer["message"].GetString());

    private static (string? Value, bool Secret, string? Origin) Variable(ApiAnswer answer, string name)
    {
        var variable = answer["variables"].EnumerateArray().Single(v => v.GetProperty("name").GetString() == name);
        return (variable.GetProperty("value").GetString(), variable.GetProperty("secret").GetBoolean(), variable.GetProperty("origin").GetString());
    }
}
