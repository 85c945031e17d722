using Microsoft.Extensions.Time.Testing;
using OvermindGui.Core.Output;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Output;

public sealed class OutputFollowerTests : IDisposable
{
    private readonly TempProject _project = new TempProject().WithDatabase();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void It_begins_with_the_newest_lines_and_goes_on_with_what_comes()
    {
        _project.Append("web", "a", "b", "c");
        var follower = Follow(count: 2);
        Assert.Equal(["b", "c"], Read(follower));
        Assert.Empty(Read(follower));
        _project.Append("web", "d");
        Assert.Equal(["d"], Read(follower));
    }

    [Fact]
    public void Lines_between_its_beginning_and_its_first_look_are_not_lost()
    {
        _project.Append("web", "a");
        var follower = Follow(count: 0);
        _project.Append("web", "b");
        Assert.Equal(["b"], Read(follower));
    }

    [Fact]
    public void A_flood_is_read_to_its_last_line()
    {
        var follower = Follow();
        _project.Append("web", Enumerable.Range(1, 25_000).Select(n => $"{n}"));
        Assert.Equal(Enumerable.Range(1, 25_000).Select(n => $"{n}"), Read(follower));
    }

    [Fact]
    public void Only_what_was_asked_for_comes()
    {
        var follower = Follow(new LineFilter(ProcessFilter.Only("web")).With("1"));
        _project.Append("web", "1", "2");
        _project.Append("worker", "1");
        _project.Append("web", "10");
        Assert.Equal(["1", "10"], Read(follower));
        _project.Append("worker", "11");
        Assert.Empty(Read(follower));
    }

    [Fact]
    public void A_line_that_grows_is_printed_again_once_when_it_rests()
    {
        var follower = Follow();
        _project.Append("web", "1 %");
        Assert.Equal(["1 %"], Read(follower));
        for (var percent = 2; percent <= 50; percent++)
        {
            _project.Amend(1, $"{percent} %");
            _time.Advance(TimeSpan.FromMilliseconds(900));
            Assert.Empty(Read(follower));
        }

        _time.Advance(TimeSpan.FromMilliseconds(1_000));
        Assert.Equal(["50 % (amended)"], Read(follower));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Empty(Read(follower));
    }

    [Fact]
    public void Each_time_it_must_rest_twice_as_long()
    {
        var follower = Follow();
        _project.Append("web", "");
        Read(follower);
        var printed = 0;
        for (var dots = 1; dots <= 100; dots++)
        {
            _project.Amend(1, new string('.', dots));
            for (var i = 0; i < 5; i++, _time.Advance(TimeSpan.FromSeconds(1))) printed += Read(follower).Count;
        }

        Assert.Equal(3, printed); // after a rest of 1, 2 and 4 seconds; then the growth is too fast for 8
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal([new string('.', 100) + " (amended)"], Read(follower));
    }

    [Fact]
    public void A_line_that_changes_before_it_is_printed_comes_once_as_it_is()
    {
        var follower = Follow();
        _project.Append("web", "half");
        _project.Amend(1, "whole");
        Assert.Equal(["whole"], Read(follower));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Empty(Read(follower));
    }

    [Fact]
    public void A_line_that_went_back_to_what_was_printed_does_not_come_again()
    {
        var follower = Follow();
        _project.Append("web", "idle");
        Read(follower);
        _project.Amend(1, "busy");
        Read(follower);
        _project.Amend(1, "idle");
        Read(follower);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Empty(Read(follower));
    }

    [Fact]
    public void A_line_that_begins_to_match_comes_when_it_rests()
    {
        var follower = Follow(LineFilter.Everything.With("done"));
        _project.Append("web", "working");
        Assert.Empty(Read(follower));
        _project.Amend(1, "working, done");
        Read(follower);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["working, done (amended)"], Read(follower));
    }

    [Fact]
    public void A_reader_that_was_away_while_the_log_of_changes_was_cleared_finds_them_all_the_same()
    {
        var follower = Follow();
        _project.Append("web", "a", "b", "c");
        Read(follower);
        _project.Amend(1, "A");
        _project.Amend(3, "C");
        _project.Amend(2, "b");
        _project.Execute("DELETE FROM amendments WHERE id < 3");
        Read(follower);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["A (amended)", "C (amended)"], Read(follower));
    }

    public void Dispose() => _project.Dispose();

    private OutputFollower Follow(LineFilter? query = null, long? count = null) =>
        new(_project.Client, query ?? LineFilter.Everything, count, _time);

    private static List<string> Read(OutputFollower follower) =>
        [.. follower.Read().Select(f => f.Line.Content.Text + (f.Amended ? " (amended)" : ""))];
}
