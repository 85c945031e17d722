using OvermindGui.Core.Registry;
using OvermindGui.Web.Security;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Hosting;

/// <summary>One dashboard for all projects: each is as if it were alone.</summary>
public sealed class AllProjectsTests : IDisposable
{
    private const int Timeout = 60_000;

    private readonly ListedProjects _list = new();
    private readonly StoredProject _shop = new StoredProject().WithDatabase().WithProcess("web").WithLivingDaemon();
    private readonly StoredProject _billing = new StoredProject().WithDatabase().WithProcess("api");

    public void Dispose()
    {
        _shop.Dispose();
        _billing.Dispose();
        _list.Dispose();
    }

    [Fact(Timeout = Timeout)]
    public async Task Each_project_has_a_page_and_an_API_of_its_own()
    {
        var (shop, billing) = (_list.Add(_shop).Name, _list.Add(_billing).Name);
        await using var all = await AllProjects.StartAsync(_list);

        Assert.Contains("\"web\"", (await all.GetAsync($"/p/{shop}/api/processes")).Body, StringComparison.Ordinal);
        Assert.Contains("\"api\"", (await all.GetAsync($"/p/{billing}/api/processes")).Body, StringComparison.Ordinal);
        var page = (await all.GetAsync($"/p/{billing}/")).Body;
        Assert.Contains($"<base href=\"/p/{billing}/\"", page, StringComparison.Ordinal);
        Assert.Contains(_billing.Folder.Root, page, StringComparison.Ordinal);
        Assert.DoesNotContain("=\"/_", page, StringComparison.Ordinal); // nothing of it leaves its path
        Assert.Equal(200, (await all.GetAsync($"/p/{shop}/_framework/blazor.web.js")).Status);
        Assert.Contains($"\"/p/{shop}/_content/", (await all.GetAsync($"/p/{shop}/api/docs")).Body, StringComparison.Ordinal);
        Assert.Equal(200, (await all.GetAsync($"/p/{shop}/openapi/v1.json")).Status);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_is_no_project_is_404_and_a_name_without_a_slash_is_led_to_the_page()
    {
        var shop = _list.Add(_shop).Name;
        await using var all = await AllProjects.StartAsync(_list);

        Assert.Equal(404, (await all.GetAsync("/p/unknown/")).Status);
        Assert.Equal(404, (await all.GetAsync("/p/unknown/api/status")).Status);
        Assert.Equal(404, (await all.GetAsync("/p/..%2Fprojects/api/status")).Status);
        Assert.Equal($"/p/{shop}/?focus=web", (await all.GetAsync($"/p/{shop}?focus=web")).Answer.Headers.Location?.OriginalString);
        Assert.Equal(200, (await all.GetAsync("/")).Status);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_damaged_database_spoils_its_own_page_alone()
    {
        var (shop, damaged) = (_list.Add(_shop).Name, _list.Add(_billing).Name);
        _billing.DamageDatabase();
        await using var all = await AllProjects.StartAsync(_list);

        Assert.Equal(503, (await all.GetAsync($"/p/{damaged}/api/state")).Status);
        Assert.Equal(200, (await all.GetAsync($"/p/{damaged}/")).Status);
        Assert.Equal(200, (await all.GetAsync($"/p/{shop}/api/state")).Status);
        Assert.Contains("unreadable", (await all.GetAsync("/api/projects")).Body, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_project_with_files_that_are_not_ours_is_not_shown_and_says_why()
    {
        var (shop, linked) = (_list.Add(_shop).Name, _list.Add(_billing).Name);
        File.CreateSymbolicLink(_billing.Folder.DaemonLog, "/etc/passwd");
        await using var all = await AllProjects.StartAsync(_list);

        var (status, body, _) = await all.GetAsync($"/p/{linked}/");
        Assert.Equal(503, status);
        Assert.Contains("is a link to /etc/passwd", body, StringComparison.Ordinal);
        Assert.Equal(200, (await all.GetAsync($"/p/{shop}/")).Status);

        File.Delete(_billing.Folder.DaemonLog);
        Assert.Equal(200, (await all.GetAsync($"/p/{linked}/")).Status);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_token_of_a_project_guards_that_project_alone_from_the_moment_it_exists()
    {
        var (shop, billing) = (_list.Add(_shop).Name, _list.Add(_billing).Name);
        await using var all = await AllProjects.StartAsync(_list);
        Assert.Equal(200, (await all.GetAsync($"/p/{billing}/api/status")).Status);

        var token = TokenFile.ReadOrCreate(_billing.Folder);
        await all.UntilAsync($"/p/{billing}/api/status", 401);

        var page = await all.GetAsync($"/p/{billing}/");
        Assert.Equal(401, page.Status);
        Assert.Contains($"action=\"/p/{billing}/\"", page.Body, StringComparison.Ordinal);
        var entry = (await all.GetAsync($"/p/{billing}/?token={token}&focus=api")).Answer;
        Assert.Equal($"/p/{billing}/?focus=api", entry.Headers.Location?.OriginalString);
        var cookie = entry.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains($"path=/p/{billing};", cookie, StringComparison.Ordinal);
        Assert.Equal(200, (await all.GetAsync($"/p/{billing}/", cookie: cookie.Split(';')[0])).Status);
        Assert.Equal(200, (await all.GetAsync($"/p/{shop}/api/status")).Status);
    }

    [Fact(Timeout = Timeout)]
    public async Task Foreign_names_and_origins_are_refused_everywhere()
    {
        var shop = _list.Add(_shop).Name;
        await using var all = await AllProjects.StartAsync(_list);

        foreach (var path in new[] { "/", $"/p/{shop}/", $"/p/{shop}/api/status", "/side-by-side" })
        {
            Assert.Equal(421, (await all.GetAsync(path, host: "evil.example")).Status);
            Assert.Contains("frame-ancestors 'self'", (await all.GetAsync(path)).Answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }

        Assert.Equal(403, (await all.GetAsync($"/p/{shop}/api/status", origin: "http://evil.example")).Status);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_project_that_is_added_is_shown_and_one_that_is_removed_is_not()
    {
        await using var all = await AllProjects.StartAsync(_list);
        var shop = _list.Add(_shop);

        Assert.Equal(200, (await all.GetAsync($"/p/{shop.Name}/api/status")).Status);

        new ProjectRegistry(_list.State).Remove(shop);
        await all.UntilAsync($"/p/{shop.Name}/api/status", 404);
    }

    [Fact(Timeout = Timeout)]
    public async Task Its_addresses_are_entered_for_the_other_dashboards_as_long_as_it_serves()
    {
        var shop = _list.Add(_shop);
        var dashboards = new DashboardRegistry(_list.State);
        await using (var all = await AllProjects.StartAsync(_list))
        {
            await Eventually.TrueAsync(() => dashboards.Read().Contains(shop.Place));
            Assert.Equal([new Uri($"{all.Origin}/p/{shop.Name}/")], dashboards.Read()[shop.Place]);
        }

        Assert.Empty(dashboards.Read());
    }

    [Fact(Timeout = Timeout)]
    public async Task Several_projects_stand_beside_each_other_in_frames()
    {
        var (shop, billing) = (_list.Add(_shop).Name, _list.Add(_billing).Name);
        await using var all = await AllProjects.StartAsync(_list);

        var page = (await all.GetAsync($"/side-by-side?show={billing}:api,worker&show={shop}&show=unknown&show={shop}")).Body;

        Assert.Contains($"src=\"p/{billing}/?focus=api%2Cworker\"", page, StringComparison.Ordinal);
        Assert.Contains($"src=\"p/{shop}/\"", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("<iframe").Length - 1);
        Assert.DoesNotContain("<iframe", (await all.GetAsync("/side-by-side?show=:")).Body, StringComparison.Ordinal);
    }
}
