using Microsoft.Playwright;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Lines without an end, from a real process to the page.</summary>
[Collection(BrowserTests.Name)]
public class PartialLineTests(Chromium chromium)
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_prompt_is_shown_while_it_waits_and_grows_in_its_line()
    {
        using var folder = new TestFolder("ask: printf 'Name: '; until [ -e go ]; do sleep 0.02; done; echo Ada; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await Assertions.Expect(page.LinesOf("ask")).ToHaveTextAsync("Name: ");

        await File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, "go"), "", TestContext.Current.CancellationToken);

        await Assertions.Expect(page.LinesOf("ask")).ToHaveTextAsync("Name: Ada");
        Assert.Equal(1, await page.LinesOf("ask").CountAsync());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_spinner_and_a_redrawn_display_turn_in_place()
    {
        using var folder = new TestFolder(
            @"spin: n=0; while :; do n=$((n+1)); printf '\rstep %s' $n; sleep 0.03; done",
            @"layers: echo; echo; echo; n=0; while [ $n -lt 60 ]; do n=$((n+1)); printf '\033[3A'; for l in a b c; do printf '\r\033[2Klayer %s %s\n' $l $n; done; sleep 0.02; done; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);

        foreach (var step in new[] { 1, 20, 60 })
            await page.WaitForAsync($"() => Number(document.querySelector('.line[data-p=spin]:not(.notice)')?.textContent.slice(5)) >= {step}");
        await Assertions.Expect(page.LinesOf("layers")).ToHaveTextAsync(["layer a 60", "layer b 60", "layer c 60"]);
        Assert.Equal(1, await page.LinesOf("spin").CountAsync());
    }
}
