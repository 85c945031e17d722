using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

[Collection(BrowserTests.Name)]
public class DialogFocusTests(Chromium chromium)
{
    private const string LogHasFocus = "() => document.activeElement?.dataset.testid === 'log'";

    [Fact(Timeout = 120_000)]
    public async Task A_dialog_that_closes_gives_the_focus_back_even_when_a_menu_led_to_it()
    {
        using var folder = new TestFolder("web: echo 'Error: no'; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").First.WaitForAsync();
        await page.ExpectKeysAsync();

        await page.By("log").FocusAsync();
        await page.Page.Keyboard.PressAsync("?");
        await page.By("shortcuts-close").WaitForAsync();
        await page.EscapeAsync("shortcuts-close");
        await page.WaitForAsync(LogHasFocus);

        await page.RightClickAsync(page.LinesOf("web").First, "Error");
        await page.By("menu-declare").ClickAsync();
        await page.By("failure-pattern").WaitForAsync();
        await page.EscapeAsync("failure-pattern");
        await page.WaitForAsync(LogHasFocus);
    }
}
