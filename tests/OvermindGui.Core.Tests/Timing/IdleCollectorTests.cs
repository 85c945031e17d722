using OvermindGui.Core.Timing;

namespace OvermindGui.Core.Tests.Timing;

public sealed class IdleCollectorTests
{
    private const long Megabyte = 1 << 20;

    private readonly IdleCollector _collection = new();
    private long _allocated;

    [Fact]
    public void It_collects_once_when_a_busy_time_is_over()
    {
        Assert.DoesNotContain(true, Beats(20, 5 * Megabyte));
        Assert.Single(Beats(60, 10_000), due => due);
    }

    [Fact]
    public void A_busy_program_is_left_to_the_collector()
    {
        Beats(20, 5 * Megabyte);
        Assert.DoesNotContain(true, Enumerable.Range(0, 10).SelectMany(_ => Beats(5, 0).Concat(Beats(1, 2 * Megabyte))));
    }

    [Fact]
    public void What_an_idle_program_allocates_is_collected_seldom()
    {
        var due = Beats(1_000, Megabyte / 10);
        Assert.InRange(due.Count(d => d), 2, 7);
    }

    private List<bool> Beats(int count, long bytes) => [.. Enumerable.Range(0, count).Select(_ => _collection.IsDue(_allocated += bytes))];
}
