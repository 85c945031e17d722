using OvermindGui.Web.Live;

namespace OvermindGui.Web.Tests.Live;

public class TickPaceTests
{
    private readonly TickPace _pace = new();

    [Fact]
    public void A_burst_is_taken_as_a_whole_tick_and_a_flood_that_goes_on_in_small_ones_until_it_ends()
    {
        Assert.Equal(OutputFeed.LinesPerTick, _pace.Lines);
        _pace.Saw(came: OutputFeed.LinesPerTick + 1, told: OutputFeed.LinesPerTick);
        Assert.Equal(250, _pace.Lines);
        _pace.Saw(came: 10_000, told: 250);
        Assert.Equal(250, _pace.Lines);
        _pace.Saw(came: OutputFeed.LinesPerTick, told: 250);
        Assert.Equal(OutputFeed.LinesPerTick, _pace.Lines);
    }

    [Theory]
    [InlineData(9, 16)]
    [InlineData(10, 50)]
    [InlineData(200, 100)]
    public void The_more_a_look_tells_the_longer_lines_are_gathered_for_the_next(int told, int milliseconds)
    {
        _pace.Saw(told, told);

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), _pace.Next);
    }
}
