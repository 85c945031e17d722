using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OvermindGui.EndToEnd.Support;

/// <summary>A page under test. It notes every request that would leave the machine and every error of its console.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    public BrowserPage(IBrowserContext context, IPage page, Uri address)
    {
        (_context, Page) = (context, page);
        page.SetDefaultTimeout(30_000);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("data:", StringComparison.Ordinal) && new Uri(request.Url).Authority != address.Authority)
                ForeignRequests.Add(request.Url);
        };
        page.Console += (_, message) =>
        {
            if (message.Type == "error") Errors.Add(message.Text);
        };
        page.PageError += (_, error) => Errors.Add(error);
    }

    public IPage Page { get; }

    public List<string> ForeignRequests { get; } = [];

    public List<string> Errors { get; } = [];

    public ILocator By(string testId) => Page.GetByTestId(testId);

    public ILocator LinesOf(string process) => Page.Locator($".line[data-p=\"{process}\"]:not(.notice)");

    /// <summary>Chooses an entry of a menu.</summary>
    public async Task ChooseAsync(string menu, string entry)
    {
        await By(menu).ClickAsync();
        await By(entry).ClickAsync();
    }

    /// <summary>Chooses an option of a select of the component library by its text.</summary>
    public async Task SelectOptionAsync(string testId, string option)
    {
        await Page.GetByTestId(testId).ClickAsync();
        await Page.Locator(".mud-popover-open .mud-list-item").GetByText(option, new() { Exact = true }).ClickAsync();
    }

    public async Task ExpectTextAsync(string testId, string text) =>
        await Assertions.Expect(By(testId)).ToContainTextAsync(text, new() { Timeout = 30_000 });

    public async Task ExpectVisibleAsync(string testId) =>
        await Assertions.Expect(By(testId)).ToBeVisibleAsync(new() { Timeout = 30_000 });

    public async Task ExpectHiddenAsync(string testId) =>
        await Assertions.Expect(By(testId)).ToBeHiddenAsync(new() { Timeout = 30_000 });

    /// <summary>What the page says of a connection that it has lost.</summary>
    public async Task ExpectEndAsync(string title) =>
        await Assertions.Expect(By("reconnect-overlay").Locator("strong:visible")).ToContainTextAsync([title]);

    /// <summary>Waits until the script's condition holds.</summary>
    public async Task WaitForAsync(string condition) => await Page.WaitForFunctionAsync(condition, null, new() { Timeout = 30_000 });

    /// <summary>Selects all of a line by mouse.</summary>
    public async Task SelectAsync(ILocator line)
    {
        await line.ClickAsync(new() { ClickCount = 3 });
        await WaitForAsync("() => !getSelection().isCollapsed");
    }

    /// <summary>Right-clicks a text of a line: beside it, the browser would drop what is selected.</summary>
    public async Task RightClickAsync(ILocator line, string text)
    {
        var at = await line.EvaluateAsync<float[]>(
            """
            (line, text) => {
              const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const start = walker.currentNode.data.indexOf(text);
                if (start < 0) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, start);
                range.setEnd(walker.currentNode, start + text.length);
                const box = range.getBoundingClientRect();
                return [box.x + box.width / 2, box.y + box.height / 2];
              }
              throw new Error(`No “${text}” in “${line.textContent}”`);
            }
            """, text);
        await Page.Mouse.ClickAsync(at[0], at[1], new() { Button = MouseButton.Right });
    }

    /// <summary>Waits until the address ends with this query.</summary>
    public Task ExpectQueryAsync(string query) => Assertions.Expect(Page).ToHaveURLAsync(new Regex($"^[^?]*{Regex.Escape(query)}$"));

    /// <summary>Waits until the page listens to its keys, which comes after its first lines.</summary>
    public Task ExpectKeysAsync() => WaitForAsync("() => document.documentElement.dataset.keys");

    /// <summary>Axe finds nothing in the page, once nothing moves.</summary>
    /// <param name="state">What the page shows, for the message.</param>
    public async Task ExpectAccessibleAsync(string state)
    {
        await WaitForAsync("() => document.getAnimations().every(a => a.playState !== 'running' || a.effect.getTiming().iterations === Infinity)");
        var result = await Page.RunAxe();
        Assert.True(result.Violations.Length == 0, $"{state}: " + string.Join("; ", result.Violations.Select(v =>
            $"{v.Id} at {string.Join(", ", v.Nodes.Take(3).Select(n => n.Html))}")));
    }

    /// <summary>Closes a dialog, which listens to Escape a moment after it is seen.</summary>
    /// <param name="testId">A part of it.</param>
    public async Task EscapeAsync(string testId)
    {
        for (var i = 0; i < 10; i++)
        {
            await Page.Keyboard.PressAsync("Escape");
            try
            {
                await By(testId).WaitForAsync(new() { State = WaitForSelectorState.Hidden, Timeout = 1_000 });
                return;
            }
            catch (TimeoutException)
            {
                // It did not listen yet.
            }
        }

        await ExpectHiddenAsync(testId);
    }

    /// <summary>Waits until nothing scrolls any more: a wheel scrolls smoothly. The same place in several frames is the end of it.</summary>
    public async Task ExpectStillAsync(ILocator? log = null) => await (log ?? By("log")).EvaluateAsync(
        """
        log => new Promise(done => {
          let [top, same] = [log.scrollTop, 0];
          const look = () => {
            same = log.scrollTop === top ? same + 1 : 0;
            top = log.scrollTop;
            if (same > 10) done();
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        })
        """);

    /// <summary>Where an element stands once it has come to rest.</summary>
    public async Task<LocatorBoundingBoxResult> SettledBoxAsync(ILocator element)
    {
        LocatorBoundingBoxResult? before = null;
        while (true)
        {
            var now = (await element.BoundingBoxAsync())!;
            if (before is not null && (now.X, now.Y, now.Width, now.Height) == (before.X, before.Y, before.Width, before.Height)) return now;
            before = now;
            await Page.EvaluateAsync("() => new Promise(done => setTimeout(done, 100))");
        }
    }

    /// <summary>Where the browser thinks it is.</summary>
    public Uri Address => new(Page.Url);

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
