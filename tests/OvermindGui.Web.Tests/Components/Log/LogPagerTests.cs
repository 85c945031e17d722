using Microsoft.Extensions.Logging.Abstractions;
using OvermindGui.Core.Output;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Log;

public sealed class LogPagerTests : IDisposable
{
    private const int Timeout = 60_000;

    private readonly StoredProject _project = new StoredProject().WithDatabase();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _project.Dispose();

    [Fact(Timeout = Timeout)]
    public async Task Lines_that_come_before_the_browser_has_shown_the_last_ones_are_one_render()
    {
        await using var running = await RunningOutputFeed.StartReadyAsync(_project, Cancellation);
        using var browser = new SlowBrowser();
        await using var pager = new LogPager(browser, running.Feed, _project.Owner, NullLogger.Instance) { Patience = System.Threading.Timeout.InfiniteTimeSpan };
        pager.Start();
        await browser.RenderedAsync(); // the empty log

        _project.Append("web", "one");
        await browser.RenderedAsync();
        Assert.Equal(1, pager.Window.LastId);

        using var other = running.Feed.Subscribe();
        _project.Append("web", "two");
        await RunningOutputFeed.ReadUntilAsync(other, line => line.Id == 2, Cancellation);
        _project.Append("web", "three");
        await RunningOutputFeed.ReadUntilAsync(other, line => line.Id == 3, Cancellation);
        Assert.Equal(1, pager.Window.LastId);

        browser.Show();
        await browser.RenderedAsync();
        Assert.Equal(3, pager.Window.LastId);
    }

    private sealed class SlowBrowser : ILogSurface, IDisposable
    {
        private readonly SemaphoreSlim _rendered = new(0);
        private TaskCompletionSource _shown = new();

        public LineFilter Filter => LineFilter.Everything;

        public Task RenderedAsync() => _rendered.WaitAsync(Cancellation);

        public void Show() => Interlocked.Exchange(ref _shown, new TaskCompletionSource()).SetResult();

        public void Dispose() => _rendered.Dispose();

        public void Render() => _rendered.Release();

        public Task ShownAsync() => _shown.Task;

        public Task OnCircuitAsync(Func<Task> work) => Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (OperationCanceledException)
            {
                // the page is gone
            }
        });

        public Task<LogAnchor?> AnchorAsync() => Task.FromResult<LogAnchor?>(null);

        public void Put(LogAnchor anchor)
        {
        }

        public Task FollowingChangedAsync(bool following) => Task.CompletedTask;

        public Task<bool> OpensElsewhereAsync() => Task.FromResult(false);

        public void Loaded()
        {
        }

        public void Replaced()
        {
        }

        public void Saw(IEnumerable<long> amended)
        {
        }
    }
}
