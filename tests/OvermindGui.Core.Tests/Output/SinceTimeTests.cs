using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using OvermindGui.Core.Output;

namespace OvermindGui.Core.Tests.Output;

public class SinceTimeTests
{
    private readonly FakeTimeProvider _time = new(At("2026-03-15T12:00:00Z"));

    public SinceTimeTests() =>
        _time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(2), "test", "test"));

    [Theory]
    [InlineData("10s", "2026-03-15T11:59:50Z")]
    [InlineData("10m", "2026-03-15T11:50:00Z")]
    [InlineData("2h30m", "2026-03-15T09:30:00Z")]
    [InlineData("1d", "2026-03-14T12:00:00Z")]
    [InlineData("1d1h1m1s", "2026-03-14T10:58:59Z")]
    [InlineData("90m", "2026-03-15T10:30:00Z")]
    [InlineData("0s", "2026-03-15T12:00:00Z")]
    public void A_span_counts_back_from_now(string text, string since) => Assert.Equal(At(since), Parse(text));

    [Theory]
    [InlineData("14:00", "2026-03-15T12:00:00Z")]
    [InlineData("8:05", "2026-03-15T06:05:00Z")]
    [InlineData("08:05:30", "2026-03-15T06:05:30Z")]
    [InlineData("08:05:30.250", "2026-03-15T06:05:30.25Z")]
    [InlineData("14:01", "2026-03-14T12:01:00Z")]
    public void A_clock_time_is_the_last_one_that_was_so_late(string text, string since) => Assert.Equal(At(since), Parse(text));

    [Theory]
    [InlineData("2026-01-31", "2026-01-30T22:00:00Z")]
    [InlineData("2026-01-31T14:30", "2026-01-31T12:30:00Z")]
    [InlineData("2026-01-31 14:30:15", "2026-01-31T12:30:15Z")]
    [InlineData("2026-01-31 14:30:15.123", "2026-01-31T12:30:15.123Z")]
    [InlineData("2026-01-31T14:30:00Z", "2026-01-31T14:30:00Z")]
    [InlineData("2026-01-31T14:30-05:00", "2026-01-31T19:30:00Z")]
    public void A_date_is_local_unless_it_says_otherwise(string text, string since) => Assert.Equal(At(since), Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("foo")]
    [InlineData("10")]
    [InlineData("m")]
    [InlineData("-10m")]
    [InlineData("10m2h")]
    [InlineData("10m\n")]
    [InlineData("25:00")]
    [InlineData("2026-02-30")]
    [InlineData("31.01.2026")]
    [InlineData("0001-01-01")]
    [InlineData("9999999999999999999999d")]
    [InlineData("1000000d")]
    public void Anything_else_is_refused(string text) => Assert.False(SinceTime.TryParse(text, _time, out _));

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
        Assert.True(SinceTime.TryParse(text, _time, out var since), text);
        return since;
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
