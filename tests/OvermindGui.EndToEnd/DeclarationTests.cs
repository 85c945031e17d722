using Microsoft.Playwright;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Failure declarations by way of the page.</summary>
[Collection(CalmBrowserTests.Name)]
public class DeclarationTests(Chromium chromium)
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task Of_two_processes_that_print_the_same_the_one_that_was_pointed_at_is_declared_and_breaks_at_the_next_hit()
    {
        const string Prints = "while true; do if [ -e say ]; then echo 'FATAL: no connection'; sleep 1000; fi; sleep 0.05; done";
        using var folder = new TestFolder($"web: echo 'FATAL: no connection'; {Prints}", $"api: echo 'FATAL: no connection'; {Prints}");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        var line = page.LinesOf("api").GetByText("FATAL: no connection");
        await page.SelectAsync(line);
        await page.RightClickAsync(line, "FATAL: no connection");
        await page.By("menu-declare").ClickAsync();
        await Assertions.Expect(page.By("failure-process")).ToContainTextAsync("api");
        await Assertions.Expect(page.By("failure-pattern")).ToHaveValueAsync("FATAL: no connection");
        await Assertions.Expect(page.By("failure-pattern")).ToBeFocusedAsync();
        await page.ExpectTextAsync("failure-preview", "1 of 1 stored line would have matched");
        await page.SelectOptionAsync("failure-action", "Stop the process");
        await page.ExpectTextAsync("failure-what", "Stops api");
        await page.By("failure-add").ClickAsync();
        await Assertions.Expect(page.Page.GetByText("Added failure declaration for api")).ToBeVisibleAsync();
        Assert.Equal([new FailureDeclaration("FATAL: no connection", FailureAction.Stop)], Declared(server, "api"));
        Assert.Empty(Declared(server, "web"));
        await page.By("new-lines").ClickAsync(); // the selection paused the log
        await page.Page.Locator(".line.notice[data-p=system]").GetByText("Failure declarations of api are active").WaitForAsync();

        await File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, "say"), "", TestContext.Current.CancellationToken);
        await page.ExpectTextAsync("status-api", "failed (rule)");
        await page.ExpectTextAsync("status-web", "running");

        await page.By("menu-api").ClickAsync();
        await page.By("menu-failures").ClickAsync();
        await Assertions.Expect(page.By("hits").GetByText("FATAL: no connection")).ToHaveCountAsync(1);
        await page.By("failure-action").SelectOptionAsync("notify");
        await Assertions.Expect(page.Page.GetByText("Changed failure declaration for api")).ToBeVisibleAsync();
        await page.By("failures-close").ClickAsync();
        Assert.Equal([new FailureDeclaration("FATAL: no connection", FailureAction.Notify)], Declared(server, "api"));

        await page.By("row-api").ClickAsync(new() { Button = MouseButton.Right });
        await page.By("menu-remove-0").ClickAsync();
        await Assertions.Expect(page.Page.GetByText("Removed failure declaration for api")).ToBeVisibleAsync();
        Assert.Empty(Declared(server, "api"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_hit_starts_the_process_again_and_the_fifth_in_a_row_leaves_it_broken_until_a_person_starts_it()
    {
        using var folder = new TestFolder("web: while [ ! -e fail ]; do sleep 0.05; done; echo 'FATAL: no connection'; sleep 1000", "api: sleep 1000");
        await File.WriteAllTextAsync(
            folder.Folder.Declarations, """{"web": ["fatal: no connection"]}""", TestContext.Current.CancellationToken);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        var notices = page.Page.Locator(".line.notice[data-p=web]");
        await page.ExpectTextAsync("status-web", "running");
        var (first, api) = (server.Pids()["web"], server.Pids()["api"]);

        await File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, "fail"), "", TestContext.Current.CancellationToken);
        await page.ExpectTextAsync("status-web", "failed (rule)");
        await notices.GetByText("Started with PID").Nth(1).WaitForAsync();
        Assert.NotEqual(first, server.Pids()["web"]);

        await Assertions.Expect(notices.GetByText("it stays broken until")).ToHaveCountAsync(1, new() { Timeout = Timeout });
        await page.ExpectTextAsync("status-web", "failed (rule)");
        await Assertions.Expect(notices.GetByText("Started with PID")).ToHaveCountAsync(5);
        Assert.Equal(api, server.Pids()["api"]);

        File.Delete(Path.Combine(folder.Folder.Root, "fail"));
        await page.By("start-web").ClickAsync();
        await page.ExpectTextAsync("status-web", "running");
    }

    [Fact(Timeout = Timeout)]
    public async Task Only_the_part_that_is_selected_counts_as_the_process_printed_it()
    {
        using var log = new StoredLog("web: true");
        log.Append("web", "at 12:00 <b>panic</b> \u202Ehere", """[[0,9,"f2"],[9,12,"f1 bold"],[21,6,""]]""");
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        var line = page.LinesOf("web").First;
        await line.EvaluateAsync(
            "l => { const range = document.createRange(); range.setStart(l.querySelector('span').firstChild, 6); range.setEnd(l, l.childNodes.length);" +
            " getSelection().removeAllRanges(); getSelection().addRange(range); }");
        await page.RightClickAsync(line, "panic");
        await page.By("menu-declare").ClickAsync();
        await Assertions.Expect(page.By("failure-pattern")).ToHaveValueAsync("00 <b>panic</b> \u202Ehere");
        await page.ExpectTextAsync("failure-preview", "1 of 1 stored line would have matched");
        await Assertions.Expect(page.By("failure-pattern")).ToBeFocusedAsync();
        await page.EscapeAsync("failure-pattern");
        Assert.False(File.Exists(log.Folder.Declarations));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_right_click_opens_the_menu_of_any_line_and_beside_the_lines_and_on_links_the_browsers_own()
    {
        using var log = new StoredLog("web: true");
        log.Append("web", "one");
        log.Append("web", "http://localhost:1/");
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").First.WaitForAsync();
        await page.Page.EvaluateAsync("() => addEventListener('contextmenu', e => { window.prevented = e.defaultPrevented; })");

        await page.LinesOf("web").Locator("a").ClickAsync(new() { Button = MouseButton.Right });
        Assert.False(await page.Page.EvaluateAsync<bool>("() => window.prevented"));
        await page.Page.Locator(".edge").First.ClickAsync(new() { Button = MouseButton.Right });
        Assert.False(await page.Page.EvaluateAsync<bool>("() => window.prevented"));
        await page.ExpectHiddenAsync("menu-declare");

        await page.Page.EvaluateAsync("() => getSelection().removeAllRanges()"); // some browsers select the word
        await page.LinesOf("web").First.ClickAsync(new() { Button = MouseButton.Right, Position = new() { X = 300, Y = 8 } });
        Assert.True(await page.Page.EvaluateAsync<bool>("() => window.prevented"));
        await Assertions.Expect(page.By("menu-copy")).ToContainTextAsync("Copy line");
        await Assertions.Expect(page.By("menu-declare")).ToBeEnabledAsync();
        await Assertions.Expect(page.By("menu-copy")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await page.ExpectHiddenAsync("menu-declare");

        await page.SelectAsync(page.LinesOf("web").First);
        await page.RightClickAsync(page.LinesOf("web").First, "one");
        Assert.True(await page.Page.EvaluateAsync<bool>("() => window.prevented"));
        await Assertions.Expect(page.By("menu-filter-for")).ToContainTextAsync("“one”");
    }

    [Fact(Timeout = Timeout)]
    public async Task By_keys_the_menu_comes_for_what_is_selected_and_copies_it()
    {
        using var log = new StoredLog("web: true");
        log.Append("web", "one");
        log.Append("web", "two");
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.LinesOf("web").First.WaitForAsync();
        await page.By("log").FocusAsync();
        await page.Page.EvaluateAsync("() => getSelection().selectAllChildren(document.querySelector('.line'))");
        await page.Page.Keyboard.PressAsync("Shift+F10");
        await Assertions.Expect(page.By("menu-copy")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(page.By("menu-declare")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.By("menu-copy")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.GetByText("Copied", new() { Exact = true })).ToBeVisibleAsync();
        await page.WaitForAsync("async () => await navigator.clipboard.readText() === 'one'");

        await Assertions.Expect(page.By("log")).ToBeFocusedAsync();
        await page.Page.EvaluateAsync("() => getSelection().removeAllRanges()");
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await page.Page.Keyboard.PressAsync("Shift+F10");
        await Assertions.Expect(page.By("menu-copy")).ToBeFocusedAsync();
        await Assertions.Expect(page.By("menu-copy")).ToContainTextAsync("Copy line");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.WaitForAsync("async () => await navigator.clipboard.readText() === 'two'");
    }

    [Fact(Timeout = Timeout)]
    public async Task On_a_phone_a_button_appears_while_text_is_selected()
    {
        using var log = new StoredLog("web: true");
        log.Append("web", "touch me");
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address, 390, 844);
        await page.LinesOf("web").First.WaitForAsync();
        await page.ExpectHiddenAsync("selection-bar");

        await page.LinesOf("web").First.DispatchEventAsync("pointerdown", new { pointerType = "touch", bubbles = true });
        await page.Page.EvaluateAsync("() => getSelection().selectAllChildren(document.querySelector('.line'))");
        await page.By("selection-more").ClickAsync();
        await page.By("menu-declare").ClickAsync();
        await Assertions.Expect(page.By("failure-pattern")).ToHaveValueAsync("touch me");
        var dialog = await page.SettledBoxAsync(page.Page.Locator(".mud-dialog"));
        Assert.InRange(dialog.X, 0, 390 - dialog.Width);
        await page.By("failure-cancel").ClickAsync();
        await page.Page.EvaluateAsync("() => getSelection().removeAllRanges()");
        await page.ExpectHiddenAsync("selection-bar");
    }

    private static IReadOnlyList<FailureDeclaration> Declared(Server server, string process) =>
        new DeclarationsFile(server.Folder, TimeProvider.System).Read().For(process);
}
