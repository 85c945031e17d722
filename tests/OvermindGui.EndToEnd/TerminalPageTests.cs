using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>The terminal of a process in the page.</summary>
[Collection(CalmBrowserTests.Name)]
public class TerminalPageTests(Chromium chromium)
{
    private const int Timeout = 180_000;

    [Fact(Timeout = Timeout)]
    public async Task Keys_go_to_the_program_a_password_is_not_shown_and_the_window_is_that_of_the_panel()
    {
        using var folder = new TestFolder(
            """p: bash -c 'echo ready; read -r size; stty size; read -rsp "Password: " secret; echo; echo "${#secret} characters"; cat'""");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.Page.GotoAsync($"{server.Address}?panel=terminal:p");
        var screen = page.By("terminal-screen").Locator(".xterm-rows");
        await Assertions.Expect(page.By("terminal-state")).ToContainTextAsync("every key goes to the process");
        await Assertions.Expect(screen).ToContainTextAsync("ready");

        await page.By("terminal-screen").ClickAsync();
        await page.Page.Keyboard.TypeAsync("/?k\n"); // elsewhere these are keys of the page
        await Assertions.Expect(screen).ToContainTextAsync("/?k");
        await Assertions.Expect(screen).ToContainTextAsync("Password: ");
        await page.Page.Keyboard.TypeAsync("correct-horse\n");
        await Assertions.Expect(screen).ToContainTextAsync("13 characters");
        await Assertions.Expect(screen).Not.ToContainTextAsync("correct");
        await page.Page.Keyboard.PressAsync("Control+k");
        await page.Page.Keyboard.TypeAsync("echo é\n");
        await Assertions.Expect(screen).ToContainTextAsync("^Kecho é");

        var size = await page.Page.EvaluateAsync<string>("() => { const t = document.querySelector('[data-terminal]').overmindTerminal; return `${t.rows} ${t.cols}`; }");
        await Assertions.Expect(page.LinesOf("p").Filter(new LocatorFilterOptions { HasTextRegex = new Regex(@"\d+ \d+$") })).ToContainTextAsync([size]);
        await page.Page.SetViewportSizeAsync(1000, 600);
        await page.By("terminal-close").ClickAsync();
        await Assertions.Expect(page.By("terminal-panel")).ToHaveCountAsync(0);
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task Text_is_pasted_in_brackets_selected_copied_and_searched_and_a_phone_has_its_keys()
    {
        using var folder = new TestFolder("""p: bash -c 'printf "\033[?2004hneedle 1\nhay\nneedle 2\n"; while IFS= read -rsn1 key; do printf "%q\n" "$key"; done'""");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address, 390, 844);
        await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.Page.GotoAsync($"{server.Address}?panel=terminal:p");
        var screen = page.By("terminal-screen").Locator(".xterm-rows");
        await Assertions.Expect(screen).ToContainTextAsync("needle 2");

        await page.Page.EvaluateAsync("() => navigator.clipboard.writeText('a\\nb')");
        await page.By("terminal-paste").ClickAsync();
        await Assertions.Expect(screen).ToContainTextAsync(@"$'\E'\[200\~a''b$'\E'\[201\~");

        await page.By("terminal-search-open").ClickAsync();
        await page.By("terminal-query").FillAsync("needle");
        await page.By("terminal-query").PressAsync("Enter");
        await page.By("terminal-query").PressAsync("Enter");
        await page.WaitForAsync("() => document.querySelector('[data-terminal]').overmindTerminal.getSelection() === 'needle'");
        await page.By("terminal-copy").ClickAsync();
        await page.WaitForAsync("async () => await navigator.clipboard.readText() === 'needle'");

        foreach (var key in (string[])["Esc", "Tab", "Up", "Ctrl"]) await page.Page.GetByRole(AriaRole.Toolbar).GetByRole(AriaRole.Button, new() { Name = key }).ClickAsync();
        await page.Page.Keyboard.TypeAsync("a");
        await Assertions.Expect(screen).ToContainTextAsync(@"$'\E'$'\t'$'\E'\[A$'\001'");
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_question_is_answered_in_the_list_and_the_answer_goes_through_the_checks_of_the_API()
    {
        using var folder = new TestFolder(
            """p: bash -c 'read -rp "Overwrite? [y/N] " x; echo "got $x"; read -rsp "Password: " secret; echo; echo "${#secret} characters"; exec sleep 1000'""");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await Assertions.Expect(page.By("summary-input")).ToHaveTextAsync("1 waiting for input");

        await page.By("asks-p").ClickAsync();
        await Assertions.Expect(page.By("question-p")).ToHaveTextAsync("Overwrite? [y/N] ");
        await Assertions.Expect(page.By("answer-text-p")).ToBeFocusedAsync();
        await page.Page.Keyboard.TypeAsync("yes/?");
        await page.Page.Keyboard.PressAsync("Home"); // elsewhere in the list these keys go from row to row
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await page.Page.Keyboard.TypeAsync("-");
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.LinesOf("p").Filter(new LocatorFilterOptions { HasText = "got y-es/?" })).ToHaveCountAsync(1);
        await Assertions.Expect(page.By("answer-p")).ToHaveCountAsync(0); // the page learns that it was taken after the output

        await page.By("asks-p").ClickAsync();
        await Assertions.Expect(page.By("answer-text-p")).ToHaveAttributeAsync("type", "password");
        await Assertions.Expect(page.By("answer-text-p")).ToBeFocusedAsync();
        await page.Page.Keyboard.TypeAsync("correct-horse");
        await page.By("answer-send-p").ClickAsync();
        await Assertions.Expect(page.LinesOf("p").Filter(new LocatorFilterOptions { HasText = "13 characters" })).ToHaveCountAsync(1);
        await Assertions.Expect(page.LinesOf("p").Filter(new LocatorFilterOptions { HasText = "correct" })).ToHaveCountAsync(0);
        await Assertions.Expect(page.By("answer-p")).ToHaveCountAsync(0);
        await Assertions.Expect(page.By("asks-p")).ToHaveCountAsync(0);
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task With_no_input_beside_the_Procfile_that_runs_the_terminal_is_read_only_and_says_why()
    {
        using var folder = new TestFolder("");
        var beside = Directory.CreateDirectory(Path.Combine(folder.Folder.Root, "deploy")).FullName;
        await File.WriteAllTextAsync(Path.Combine(beside, "Procfile"), "p: bash -c 'echo ready; read -r line; echo got $line; sleep 1000'\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(beside, "overmind-gui.yaml"), "no_input: true\n", TestContext.Current.CancellationToken);
        await using var server = await Server.StartAsync(folder.Folder, "-f", "deploy/Procfile");
        await using var page = await chromium.OpenAsync(server.Address);
        await page.Page.GotoAsync($"{server.Address}?panel=terminal:p");

        await Assertions.Expect(page.By("terminal-state")).ToContainTextAsync("Read-only: This dashboard types nothing (--no-input)");
        await Assertions.Expect(page.By("terminal-screen").Locator(".xterm-rows")).ToContainTextAsync("ready");
        Assert.Empty(page.Errors);
    }
}
