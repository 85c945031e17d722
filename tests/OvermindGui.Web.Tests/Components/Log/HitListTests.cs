using OvermindGui.Web.Components.Log;

namespace OvermindGui.Web.Tests.Components.Log;

public sealed class HitListTests
{
    private readonly HitList _hits = new(capacity: 5);

    [Fact]
    public void It_grows_from_a_place_to_both_ends()
    {
        _hits.StartAt(before: 100);
        Assert.Equal((0, null, false), (_hits.Count, _hits.Newest, _hits.IsComplete));

        _hits.AddOlder(new([60, 80], Reached: 50, IsEnd: false));
        _hits.AddNewer(new([120], Reached: 150, IsEnd: true));
        _hits.AddOlder(new([10], Reached: 1, IsEnd: true));
        Assert.Equal((4, 120, 10, true), (_hits.Count, _hits.Newest!.Value, _hits.Oldest!.Value, _hits.IsComplete));
    }

    [Fact]
    public void The_newest_is_the_first_once_the_end_is_known()
    {
        _hits.StartAt(before: 100);
        _hits.AddOlder(new([60, 80], 50, IsEnd: false));
        Assert.Null(_hits.RankOf(80)); // there may be newer ones
        _hits.AddNewer(new([120], 150, IsEnd: true));
        Assert.Equal([1, 2, 3], new long[] { 120, 80, 60 }.Select(id => _hits.RankOf(id)!.Value));
        Assert.Null(_hits.RankOf(61));
    }

    [Theory]
    [InlineData(120, 80L, null)]
    [InlineData(80, 60L, 120L)]
    [InlineData(70, 60L, 80L)] // no hit itself any more
    [InlineData(60, null, 80L)]
    [InlineData(50, null, 60L)]
    [InlineData(49, null, null)] // not looked at yet
    [InlineData(151, null, null)]
    public void Neighbours_are_given_as_far_as_they_are_known(long id, long? older, long? newer)
    {
        _hits.StartAt(before: 100);
        _hits.AddOlder(new([60, 80], 50, IsEnd: false));
        _hits.AddNewer(new([120], 150, IsEnd: true));
        Assert.Equal((older, newer), (_hits.OlderThan(id), _hits.NewerThan(id)));
    }

    [Fact]
    public void A_full_list_lets_go_of_its_oldest_for_what_comes_and_knows_that_it_is_not_complete()
    {
        _hits.StartAt(before: 100);
        _hits.AddOlder(new([10, 20, 30, 40], 1, IsEnd: true));
        _hits.AddNewer(new([101, 102, 103], 103, IsEnd: true));
        Assert.Equal((5, 30, 103, false, true), (_hits.Count, _hits.Oldest!.Value, _hits.Newest!.Value, _hits.IsComplete, _hits.IsFull));
        Assert.False(_hits.Covers(29));
        Assert.Equal(5, _hits.RankOf(30));
    }

    [Fact]
    public void A_line_that_changes_becomes_a_hit_or_ceases_to_be_one()
    {
        _hits.StartAt(before: 100);
        _hits.AddOlder(new([60, 80], 50, IsEnd: false));
        Assert.True(_hits.Amend(70, isHit: true));
        Assert.True(_hits.Amend(80, isHit: false));
        Assert.False(_hits.Amend(60, isHit: true)); // it was
        Assert.False(_hits.Amend(61, isHit: false)); // it was not
        Assert.False(_hits.Amend(49, isHit: true)); // it is looked at later
        Assert.Equal((60, 70), (_hits.Oldest, _hits.Newest));
    }
}
