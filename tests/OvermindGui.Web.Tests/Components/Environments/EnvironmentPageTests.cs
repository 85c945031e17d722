using Bunit;
using OvermindGui.Web.Components.Environments;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Environments;

public sealed class EnvironmentPageTests : DashboardContext
{
    [Fact]
    public void Every_process_is_explained_in_the_order_of_the_Procfile()
    {
        Project.WithProcfile("# two\nweb: run <b>web</b>\napi: run api\n");
        var page = RenderPage();
        Assert.Equal(["web", "api"], page.FindAll("h2").Select(h => h.TextContent));
        var web = Facts(page, "web");
        Assert.Equal(
            ("run <b>web</b>", "Procfile line 2", "5000", "when it ends, the others keep running", "SIGTERM, then SIGKILL after 5 s"),
            (web["Command"], web["Defined in"], web["Port"], web["Exit policy"], web["Stop signal"]));
    }

    [Fact]
    public void What_the_side_file_says_is_explained()
    {
        Project.WithProcfile("db: run db\nweb: run web\n");
        Write("overmind-gui.yaml", "processes:\n  web:\n    depends_on: {db: ready}\n    group: front\n  db:\n    ready: {tcp: 5432}\n    stop_signal: INT\n");
        var page = RenderPage();
        Assert.Equal(("db (ready)", "front"), (Facts(page, "web")["Waits for"], Facts(page, "web")["Group"]));
        Assert.StartsWith("tcp localhost:5432, within", Facts(page, "db")["Ready when"], StringComparison.Ordinal);
        Assert.StartsWith("SIGINT", Facts(page, "db")["Stop signal"], StringComparison.Ordinal);
    }

    [Fact]
    public void What_asks_a_process_to_end_before_its_stop_signal_is_shown_without_secrets()
    {
        Project.WithProcfile("web: run web\ndb: run db\n");
        Write(".env", "API_KEY=sesame-4711\n");
        Write("overmind-gui.yaml", "processes:\n  web:\n    stop: {keys: \"ctrl+c, y\"}\n  db:\n    stop: {command: \"down --key sesame-4711\", timeout: 30s}\n");
        var page = RenderPage();
        Assert.Equal("the keys ctrl+c, y, then SIGTERM after 10 s, then SIGKILL after 5 s", Facts(page, "web")["Stop signal"]);
        Assert.Equal("the command down --key •••, then SIGTERM after 30 s, then SIGKILL after 5 s", Facts(page, "db")["Stop signal"]);
    }

    [Fact]
    public void A_secret_is_hidden_until_it_is_asked_for_and_no_other_with_it()
    {
        Project.WithProcfile("web: run web\n");
        Write(".env", "API_KEY=sesame\nDB_PASSWORD=hunter2\nURL=http://host/?key=${API_KEY}\nCOLOR=red\n");
        var page = RenderPage("web");
        Assert.Contains("red", Variable(page, "COLOR"), StringComparison.Ordinal);
        Assert.Contains(".env line 4", Variable(page, "COLOR"), StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", page.Markup, StringComparison.Ordinal);

        page.Find("[data-testid=show-API_KEY]").Click();
        Assert.Contains("sesame", Variable(page, "API_KEY"), StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", Variable(page, "URL"), StringComparison.Ordinal); // put together from it
        Assert.DoesNotContain("hunter2", page.Markup, StringComparison.Ordinal);

        page.Find("[data-testid=show-API_KEY]").Click();
        Assert.DoesNotContain("sesame", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void One_process_can_be_looked_at_alone_and_an_unknown_one_is_said_to_be_none()
    {
        Project.WithProcfile("web: run web\napi: run api\n");
        Assert.Equal(["api"], RenderPage("api").FindAll("h2").Select(h => h.TextContent));
        Assert.Equal("There is no process <b> in the Procfile; there are: web, api", RenderPage("<b>").Find("[data-testid=no-process]").TextContent);
    }

    [Fact]
    public void Without_a_Procfile_that_can_be_read_it_says_so_and_looks_again_when_asked()
    {
        var page = RenderPage();
        Assert.Contains("there is no file", page.Find("[data-testid=plan-problems]").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("[data-testid=no-process]"));

        Project.WithProcfile("web: run web\n");
        page.Find("[data-testid=read-again]").Click();
        Assert.Equal(["web"], page.FindAll("h2").Select(h => h.TextContent));
    }

    [Fact]
    public void What_is_wrong_with_the_files_is_reported_with_its_place()
    {
        Project.WithProcfile("web: run web\nno entry at all\n");
        Assert.StartsWith("Warning Procfile line 2:", RenderPage().Find("[data-testid=plan-problems] li").TextContent, StringComparison.Ordinal);
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(Project.Folder.Root, file), text);

    private static Dictionary<string, string> Facts(IRenderedComponent<EnvironmentPage> page, string process) =>
        page.FindAll($"[data-testid=plan-{process}] dt").ToDictionary(t => t.TextContent, t => t.NextElementSibling!.TextContent);

    private static string Variable(IRenderedComponent<EnvironmentPage> page, string name) => page.Find($"[data-testid=variable-{name}]").TextContent;

    private IRenderedComponent<EnvironmentPage> RenderPage(string? name = null) => Render<EnvironmentPage>(p => p.Add(e => e.Name, name));
}
