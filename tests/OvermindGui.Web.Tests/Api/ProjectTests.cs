using System.Net;
using System.Runtime.Versioning;
using OvermindGui.Core.Registry;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

/// <summary>The user's projects over HTTP: what is shown of them, and who may start and stop them.</summary>
[SupportedOSPlatform("linux")]
public sealed class ProjectTests
{
    private const int Timeout = 30_000;

    [Fact(Timeout = Timeout)]
    public async Task All_projects_of_the_user_are_listed()
    {
        using var list = new ListedProjects();
        using var stopped = new StoredProject().WithDatabase().WithProcess("job");
        await using var server = await StartAsync(list);
        var (own, other) = (list.Add(server.Project), list.Add(stopped));
        using var dashboard = new DashboardRegistry(list.State).Register(server.Project.Folder, server.Address);

        var projects = (await server.GetJsonAsync("/api/projects"))["projects"].EnumerateArray().ToDictionary(p => p.GetProperty("name").GetString()!);

        Assert.Equal("running", projects[own.Name].GetProperty("state").GetString());
        Assert.Equal(1, projects[own.Name].GetProperty("running").GetInt32());
        Assert.Equal(server.Address.ToString(), projects[own.Name].GetProperty("dashboards")[0].GetString());
        Assert.Equal("stopped", projects[other.Name].GetProperty("state").GetString());
        Assert.Equal(stopped.Folder.Root, projects[other.Name].GetProperty("folder").GetString());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_stopped_project_is_started_with_its_options_and_without_a_shell_or_our_variables()
    {
        using var list = new ListedProjects("printf '%s\\n' \"$@\" \"$(env | grep -c ^OVERMIND_)\" > started; echo ready");
        using var stopped = new StoredProject().WithDatabase();
        await using var server = await StartAsync(list);
        var name = list.Add(stopped, "--base-port=6000", "--shell=$(touch evil)").Name;

        Assert.Equal($"Started {name}", (await server.PostAsync($"/api/projects/{name}/start"))["message"].GetString());

        Assert.Equal(
            ["daemon", "--detached", "--working-dir", stopped.Folder.Root, "--data", stopped.Folder.Data, "--base-port=6000", "--shell=$(touch evil)", "0"],
            await File.ReadAllLinesAsync(Path.Combine(stopped.Folder.Root, "started"), TestContext.Current.CancellationToken));
        Assert.False(File.Exists(Path.Combine(stopped.Folder.Root, "evil")));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_others_could_have_written_is_not_started()
    {
        using var list = new ListedProjects("touch started; echo ready");
        using var stopped = new StoredProject().WithDatabase();
        await File.WriteAllTextAsync(stopped.Folder.Procfile, "web: true", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(stopped.Folder.Procfile, UnixFileMode.UserRead | UnixFileMode.OtherWrite);
        await using var server = await StartAsync(list);

        var refused = await server.PostAsync($"/api/projects/{list.Add(stopped).Name}/start");

        Assert.Equal($"every user may write to {stopped.Folder.Procfile}", refused.ErrorOf(HttpStatusCode.Conflict));
        Assert.False(File.Exists(Path.Combine(stopped.Folder.Root, "started")));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_a_start_says_is_the_answer()
    {
        using var list = new ListedProjects("echo 'Nothing can be started' >&2; exit 1");
        using var stopped = new StoredProject().WithDatabase();
        await using var server = await StartAsync(list);

        Assert.Equal("Nothing can be started", (await server.PostAsync($"/api/projects/{list.Add(stopped).Name}/start")).ErrorOf(HttpStatusCode.Conflict));
        (await server.PostAsync("/api/projects/unknown/start")).ErrorOf(HttpStatusCode.NotFound);
        (await server.PostAsync("/api/projects/..%2Fx/stop")).ErrorOf(HttpStatusCode.NotFound);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_dashboard_of_a_project_is_opened_or_found()
    {
        using var list = new ListedProjects("echo ready http://localhost:8123/");
        using var other = new StoredProject().WithDatabase().WithLivingDaemon();
        using var stopped = new StoredProject().WithDatabase();
        await using var server = await StartAsync(list);
        var name = list.Add(other).Name;

        Assert.Equal("http://localhost:8123/", (await server.PostAsync($"/api/projects/{name}/open"))["address"].GetString());
        (await server.PostAsync($"/api/projects/{list.Add(stopped).Name}/open")).ErrorOf(HttpStatusCode.Conflict);

        using var dashboard = new DashboardRegistry(list.State).Register(other.Folder, new Uri("http://localhost:8001/"));
        Assert.Equal("http://localhost:8001/", (await server.PostAsync($"/api/projects/{name}/open"))["address"].GetString());
    }

    [Theory(Timeout = Timeout)]
    [InlineData("GET", "")]
    [InlineData("POST", "/x/start")]
    [InlineData("POST", "/x/stop")]
    [InlineData("POST", "/x/open")]
    [InlineData("POST", "/pass")]
    public async Task A_token_or_a_name_of_a_proxy_does_not_lead_to_the_other_projects(string method, string path)
    {
        using var list = new ListedProjects();
        await using var server = await StartAsync(list, new WebAccess { HostNames = ["tools.example"] });

        var refused = await server.SendAsync(new HttpMethod(method), "/api/projects" + path, host: "tools.example");

        Assert.Contains("the user who runs the dashboard", refused.ErrorOf(HttpStatusCode.Forbidden), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Another_page_reaches_none_of_it()
    {
        using var list = new ListedProjects();
        await using var server = await StartAsync(list);

        Assert.Contains("foreign Origin", (await server.SendAsync(HttpMethod.Post, "/api/projects/pass", origin: "http://localhost:1")).ErrorOf(HttpStatusCode.Forbidden), StringComparison.Ordinal);
        Assert.NotEmpty((await server.SendAsync(HttpMethod.Post, "/api/projects/pass", origin: server.Origin))["pass"].GetString()!);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_dashboard_without_the_list_says_so()
    {
        await using var server = await StartAsync(null);

        Assert.Equal("This dashboard shows no other projects", (await server.GetJsonAsync("/api/projects")).ErrorOf(HttpStatusCode.Forbidden));
    }

    private static Task<RunningServer> StartAsync(ListedProjects? list, WebAccess? access = null) =>
        RunningServer.StartAsync(new StoredProject().WithDatabase().WithProcess("web").WithLivingDaemon(), access: access, projects: list?.Projects);
}
