using OvermindGui.Core.Timing;

namespace OvermindGui.Core.Tests.Timing;

public sealed class BeatTests
{
    private const int Timeout = 60_000;

    private readonly Beat _beat = new(TimeSpan.FromMilliseconds(20));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Timeout)]
    public async Task Each_beat_looks_until_the_end()
    {
        var looks = 0;
        var twice = new TaskCompletionSource();
        var looking = _beat.Each(() =>
        {
            if (Interlocked.Increment(ref looks) == 2) twice.SetResult();
        });
        await twice.Task.WaitAsync(Cancellation);

        looking.Dispose();
        var before = looks;
        for (var beat = 0; beat < 2; beat++) await _beat.UntilAsync(() => true, Cancellation);
        Assert.Equal(before, looks);
    }

    [Fact(Timeout = Timeout)]
    public async Task It_completes_at_the_beat_at_which_something_is_due()
    {
        var looks = 0;
        await _beat.UntilAsync(() => ++looks == 3, Cancellation);
        Assert.Equal(3, looks);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_look_that_does_not_return_keeps_no_other_waiting()
    {
        using var answer = new ManualResetEventSlim();
        using var hanging = _beat.Each(() => answer.Wait(Cancellation));
        try
        {
            var looks = 0;
            await _beat.UntilAsync(() => ++looks == 3, Cancellation);
        }
        finally
        {
            answer.Set();
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task What_a_look_throws_is_thrown_where_it_is_waited_for()
    {
        var fault = await Assert.ThrowsAsync<IOException>(() => _beat.UntilAsync(() => throw new IOException("unreadable"), Cancellation));
        Assert.Equal("unreadable", fault.Message);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_cancelled_wait_looks_no_more()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var looks = 0;
        var waiting = _beat.UntilAsync(() => ++looks < 0, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        var before = looks;
        for (var beat = 0; beat < 2; beat++) await _beat.UntilAsync(() => true, Cancellation);
        Assert.Equal(before, looks);
    }
}
