using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using OvermindGui.Core.Output;

namespace OvermindGui.Core.Tests.Output;

public class PastTimeTests
{
    private readonly FakeTimeProvider _time = new(At("2026-03-15T12:00:00Z"));

    public PastTimeTests() =>
        _time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(2), "test", "test"));

    [Theory]
    [InlineData("10s", "2026-03-15T11:59:50Z")]
    [InlineData("10m", "2026-03-15T11:50:00Z")]
    [InlineData("2h30m", "2026-03-15T09:30:00Z")]
    [InlineData("1d", "2026-03-14T12:00:00Z")]
    [InlineData("1d1h1m1s", "2026-03-14T10:58:59Z")]
    [InlineData("90m", "2026-03-15T10:30:00Z")]
    [InlineData("0s", "2026-03-15T12:00:00Z")]
    [InlineData("-10m", "2026-03-15T11:50:00Z")]
    [InlineData("10min ago", "2026-03-15T11:50:00Z")]
    [InlineData("1w", "2026-03-08T12:00:00Z")]
    [InlineData(" 10m\n", "2026-03-15T11:50:00Z")]
    [InlineData("now", "2026-03-15T12:00:00Z")]
    public void A_span_counts_back_from_now(string text, string since) => Assert.Equal(At(since), Parse(text));

    [Theory]
    [InlineData("14:00", "2026-03-15T12:00:00Z")]
    [InlineData("8:05", "2026-03-15T06:05:00Z")]
    [InlineData("08:05:30", "2026-03-15T06:05:30Z")]
    [InlineData("08:05:30.250", "2026-03-15T06:05:30.25Z")]
    [InlineData("14:01", "2026-03-14T12:01:00Z")]
    public void A_clock_time_is_the_last_one_that_was_so_late(string text, string since) => Assert.Equal(At(since), Parse(text));

    [Theory]
    [InlineData("yesterday 9:00", "2026-03-14T07:00:00Z")]
    [InlineData("Yesterday at 23:59:30", "2026-03-14T21:59:30Z")]
    [InlineData("yesterday", "2026-03-13T22:00:00Z")]
    [InlineData("today 13:59", "2026-03-15T11:59:00Z")]
    public void A_day_may_stand_before_the_clock_time(string text, string since) => Assert.Equal(At(since), Parse(text));

    [Theory]
    [InlineData("2026-01-31", "2026-01-30T22:00:00Z")]
    [InlineData("2026-01-31T14:30", "2026-01-31T12:30:00Z")]
    [InlineData("2026-01-31 14:30:15", "2026-01-31T12:30:15Z")]
    [InlineData("2026-01-31 14:30:15.123", "2026-01-31T12:30:15.123Z")]
    [InlineData("2026-01-31T14:30:00Z", "2026-01-31T14:30:00Z")]
    [InlineData("2026-01-31T14:30-05:00", "2026-01-31T19:30:00Z")]
    [InlineData("2026-01-31T14:30:00.123+00:00", "2026-01-31T14:30:00.123Z")]
    [InlineData("2026-01-31T14:30:00-0500", "2026-01-31T19:30:00Z")]
    [InlineData("2026-01-31 14:30:00,123", "2026-01-31T12:30:00.123Z")]
    [InlineData("[2026-01-31 14:30:00 UTC]", "2026-01-31T14:30:00Z")]
    [InlineData("1769869800", "2026-01-31T14:30:00Z")]
    [InlineData("1769869800123", "2026-01-31T14:30:00.123Z")]
    public void A_date_is_local_unless_it_says_otherwise(string text, string since) => Assert.Equal(At(since), Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("foo")]
    [InlineData("10")]
    [InlineData("m")]
    [InlineData("--10m")]
    [InlineData("10m2h")]
    [InlineData("tomorrow 9:00")]
    [InlineData("yesterday 25:00")]
    [InlineData("yesterday9:00")]
    [InlineData("25:00")]
    [InlineData("2026-02-30")]
    [InlineData("31.01.2026")]
    [InlineData("0001-01-01")]
    [InlineData("9999999999999999999999d")]
    [InlineData("1000000d")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(PastTime.TryParse(text, _time, out _, out var problem));
        Assert.Equal($"expected {PastTime.Accepted}", problem);
        Assert.False(PastTime.TryParseEnd(text, _time, out _, out _));
    }

    [Theory]
    [InlineData("today 14:30", "2026-03-15 14:30:00")]
    [InlineData("2027-01-01", "2027-01-01 00:00:00")]
    [InlineData("2026-03-15T12:05:00Z", "2026-03-15 14:05:00")]
    public void A_moment_in_the_future_is_refused_with_both_times_and_is_none_the_less_an_end(string text, string moment)
    {
        Assert.False(PastTime.TryParse(text, _time, out _, out var problem));
        Assert.Equal($"{moment} is in the future; it is 2026-03-15 14:00:00 now", problem);
        Assert.True(PastTime.TryParseEnd(text, _time, out _, out _));
    }

    [Fact]
    public void A_clock_that_is_a_little_ahead_is_believed() => Assert.Equal(At("2026-03-15T12:00:30Z"), Parse("2026-03-15T12:00:30Z"));

    [Fact]
    public void A_local_time_that_summer_time_leaves_out_is_none_the_less_a_time()
    {
        _time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("summer", TimeSpan.FromHours(1), "s", "s", "s", [SummerFrom(3, 15)]));
        Assert.Equal(At("2026-03-15T01:30:00Z"), Parse("2026-03-15T02:30"));
    }

    private static TimeZoneInfo.AdjustmentRule SummerFrom(int month, int day) => TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
        DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1),
        TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 2, 0, 0), month, day),
        TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 25));

    private DateTimeOffset Parse(string text)
    {
        Assert.True(PastTime.TryParse(text, _time, out var since, out var problem), $"{text}: {problem}");
        return since;
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
