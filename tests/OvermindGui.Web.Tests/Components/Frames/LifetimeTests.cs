using OvermindGui.Web.Components.Frames;

namespace OvermindGui.Web.Tests.Components.Frames;

public sealed class LifetimeTests
{
    [Fact]
    public async Task A_component_that_goes_while_it_reads_ends_without_an_error()
    {
        var refresh = new PeriodicRefresh(TimeSpan.FromSeconds(5), TimeProvider.System);
        var reading = new TaskCompletionSource();
        var rendered = 0;
        var running = refresh.RunAsync(() => reading.Task, () => rendered++);

        refresh.Dispose();
        reading.SetResult();

        await running;
        Assert.Equal(0, rendered);
    }

    [Fact]
    public void What_is_under_way_at_the_end_can_still_ask_for_the_token()
    {
        var lifetime = new Lifetime();
        Assert.False(lifetime.Token.IsCancellationRequested);

        lifetime.Dispose();

        Assert.True(lifetime.IsOver);
        Assert.True(Task.Delay(TimeSpan.FromMinutes(1), lifetime.Token).IsCanceled);
        lifetime.Dispose();
    }
}
