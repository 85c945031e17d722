using OvermindGui.Daemon.Supervision.Failures;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Failures;

public class RestartBackoffTests
{
    private readonly SkippableTime _time = new();

    [Fact]
    public void The_wait_doubles_with_each_hit_and_the_fifth_is_the_last() =>
        Assert.Equal([1, 2, 4, 8, null], Waits(new RestartBackoff(_time), 5));

    [Fact]
    public void No_wait_is_longer_than_half_a_minute() =>
        Assert.Equal([1, 2, 4, 8, 16, 30, 30, null], Waits(new RestartBackoff(_time, mostHits: 8), 8));

    [Fact]
    public void A_run_of_a_minute_without_a_hit_ends_the_row()
    {
        var streak = new RestartBackoff(_time);
        Waits(streak, 4);
        var started = _time.GetTimestamp();
        _time.Skip(TimeSpan.FromSeconds(60));

        Assert.Equal(TimeSpan.FromSeconds(1), streak.Hit(started));
        Assert.Equal(1, streak.Hits);
    }

    [Fact]
    public void Waiting_for_a_restart_is_no_quiet()
    {
        var streak = new RestartBackoff(_time);
        Waits(streak, 2);
        _time.Skip(TimeSpan.FromSeconds(120));

        Assert.Equal(TimeSpan.FromSeconds(4), streak.Hit(_time.GetTimestamp()));
    }

    [Fact]
    public void A_person_ends_the_row()
    {
        var streak = new RestartBackoff(_time);
        Waits(streak, 5);

        streak.Clear();

        Assert.Equal([1, 2, 4, 8, null], Waits(streak, 5));
    }

    private double?[] Waits(RestartBackoff streak, int hits) =>
        [.. Enumerable.Range(0, hits).Select(_ => streak.Hit(_time.GetTimestamp())?.TotalSeconds)];
}
