using Microsoft.Playwright;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Everything but output that a page shows of a project which came from elsewhere: its folder, names, commands, declarations, hits.</summary>
[Collection(BrowserTests.Name)]
public sealed class HostilePageTests(Chromium chromium)
{
    private const int Timeout = 120_000;
    private const string Markup = "\"'><img src=x onerror=window.owned=1><svg onload=window.owned=1>";

    [Fact(Timeout = Timeout)]
    public async Task Names_of_folder_and_processes_commands_and_declarations_are_text()
    {
        using var root = new TestFolder();
        var folder = new ProjectFolder(Directory.CreateDirectory(Path.Combine(root.Folder.Root, Markup)).FullName);
        await File.WriteAllLinesAsync(
            folder.Procfile, [$"web: cat say; sleep 1000 # {Markup}", $"{Markup}: true"], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.Root, "say"), $"FATAL {Markup}\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            folder.Declarations, $$"""{"web": [{"pattern": "FATAL {{Markup.Replace("\"", "\\\"", StringComparison.Ordinal)}}", "action": "notify"}]}""",
            TestContext.Current.CancellationToken);
        await using var server = await Server.StartAsync(folder);
        AddProcess(folder);
        await using var page = await chromium.OpenAsync(server.Address);

        await page.LinesOf("web").GetByText(Markup).WaitForAsync();
        await Assertions.Expect(page.Page).ToHaveTitleAsync(Markup);
        await page.ExpectVisibleAsync("procfile-problems");
        await page.By($"process-{Markup}").First.HoverAsync();
        await page.Page.Locator(".line").GetByText("said by the name").WaitForAsync();
        await page.By("row-web").ClickAsync(new() { Button = MouseButton.Right });
        await page.By("menu-failures").ClickAsync();
        await Assertions.Expect(page.By("hits").GetByText(Markup)).ToHaveCountAsync(1);
        await Assertions.Expect(page.By("failures").GetByText(Markup).First).ToBeVisibleAsync();
        await page.By("failures-add").ClickAsync();
        await page.By("failure-pattern").FillAsync(Markup);
        await page.ExpectTextAsync("failure-preview", "would have matched");

        Assert.Null(await page.Page.EvaluateAsync<int?>("() => window.owned ?? null"));
        Assert.Equal(0, await page.Page.Locator("img[src=x], svg[onload], [onerror]").CountAsync());
        Assert.Empty(page.ForeignRequests);
    }

    // No Procfile can name a process so, but a program that can write the database can.
    private static void AddProcess(ProjectFolder folder)
    {
        using var context = OvermindDatabase.In(folder).CreateDbContext();
        var now = TimeProvider.System.Seconds();
        context.Statuses.Add(new ProcessStatus
        {
            ProcessName = Markup,
            Status = ProcessState.Stopped.ToText(),
            Command = Markup,
            UpdatedAt = now,
            StartedAt = now,
            Position = 1,
        });
        var known = new KnownProcess { Name = Markup, LineCount = 1 };
        context.KnownProcesses.Add(known);
        context.SaveChanges();
        context.Lines.Add(new Line { ProcessId = known.Id, Time = TimeProvider.System.Milliseconds(), Stream = LineSource.Terminal, Text = "said by the name" });
        context.SaveChanges();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_page_elsewhere_can_neither_read_nor_post_nor_load_nor_connect()
    {
        using var folder = new TestFolder("web: echo hello; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var elsewhere = new ForeignSite();
        await using var page = await chromium.OpenAsync(elsewhere.Address);
        var target = server.Address.GetLeftPart(UriPartial.Authority);

        var outcome = await page.Page.EvaluateAsync<string[]>(
            """
            async target => {
              const tried = async attempt => { try { return await attempt(); } catch { return "refused"; } };
              const element = (name, properties) => new Promise(done => {
                const it = Object.assign(document.createElement(name), properties);
                it.onload = () => done("loaded");
                it.onerror = () => done("refused");
                document.body.append(it);
              });
              return [
                await tried(async () => (await fetch(target + "/api/state")).status.toString()),
                await tried(async () => (await fetch(target + "/api/process/web/stop", { method: "POST", mode: "no-cors" })).type),
                await element("script", { src: target + "/_framework/blazor.web.js" }),
                await tried(() => new Promise(done => {
                  const socket = new WebSocket(target.replace("http", "ws") + "/_blazor");
                  socket.onopen = () => done("open");
                  socket.onerror = () => done("refused");
                })),
              ];
            }
            """, target);

        Assert.Equal(["refused", "opaque", "refused", "refused"], outcome);
        Assert.Equal(ProcessState.Running, server.Snapshot().Processes.Single().State);
        await server.WaitForOutputAsync("foreign Origin header");
        await server.WaitForOutputAsync("foreign Sec-Fetch-Site header");
    }
}
