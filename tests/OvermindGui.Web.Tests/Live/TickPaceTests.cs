using Microsoft.Extensions.Time.Testing;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Tests.Live;

public class TickPaceTests
{
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(16);

    private readonly FakeTimeProvider _time = new();
    private readonly TickPace _pace;

    public TickPaceTests() => _pace = new TickPace(_time);

    [Fact]
    public void A_burst_is_taken_as_a_whole_tick_and_a_flood_that_goes_on_in_small_ones_until_it_ends()
    {
        Assert.Equal(OutputFeed.LinesPerTick, _pace.Lines);
        _pace.Saw(came: OutputFeed.LinesPerTick + 1, published: OutputFeed.LinesPerTick);
        Assert.Equal(250, _pace.Lines);
        _pace.Saw(came: 10_000, published: 250);
        Assert.Equal(250, _pace.Lines);
        _pace.Saw(came: OutputFeed.LinesPerTick, published: 250);
        Assert.Equal(OutputFeed.LinesPerTick, _pace.Lines);
    }

    [Fact]
    public void A_few_lines_a_second_are_shown_at_once() => Assert.Equal(Quick, After(linesPerSecond: 20));

    [Fact]
    public void A_stream_is_gathered_however_small_its_ticks_are() => Assert.Equal(TimeSpan.FromMilliseconds(60), After(linesPerSecond: 200));

    [Fact]
    public void A_stream_that_would_fill_the_view_with_each_tick_has_shorter_ones() => Assert.Equal(TimeSpan.FromMilliseconds(16), After(linesPerSecond: 1000));

    [Fact]
    public void A_stream_that_cannot_be_read_leaves_the_browser_time() => Assert.Equal(TimeSpan.FromMilliseconds(50), After(linesPerSecond: 2000));

    [Fact]
    public void A_flood_of_which_lines_are_left_out_has_long_ticks()
    {
        _pace.Saw(came: 10_000, published: 250);
        Assert.Equal(TimeSpan.FromMilliseconds(100), _pace.Next);
    }

    [Fact]
    public void After_a_pause_lines_are_shown_at_once_again()
    {
        After(linesPerSecond: 200);
        _time.Advance(TimeSpan.FromSeconds(4));
        _pace.Saw(1, 1);
        Assert.Equal(Quick, _pace.Next);
    }

    private TimeSpan After(int linesPerSecond)
    {
        var owed = 0.0;
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(3); passed += _pace.Next)
        {
            _time.Advance(_pace.Next);
            owed += linesPerSecond * _pace.Next.TotalSeconds;
            var lines = (int)owed;
            owed -= lines;
            _pace.Saw(lines, lines);
        }

        return _pace.Next;
    }
}
