using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Settings;

namespace OvermindGui.Core.Tests.Contracts;

public class RetentionLimitsTests
{
    [Theory]
    [InlineData("500M", 500L << 20)]
    [InlineData("1.5G", 3L << 29)]
    [InlineData("2 gib", 2L << 30)]
    [InlineData("10485760", 10L << 20)]
    public void A_size_is_read_in_units_of_1024(string text, long bytes)
    {
        Assert.True(LimitText.TrySize(text, out var read));
        Assert.Equal(bytes, read);
        Assert.True(LimitText.TrySize(LimitText.OfSize(bytes), out var again));
        Assert.Equal(bytes, again);
    }

    [Theory]
    [InlineData("90d", 90)]
    [InlineData("90", 90)]
    [InlineData("12w", 84)]
    [InlineData("OFF", 0)]
    [InlineData("0", 0)]
    public void Crashes_are_kept_for_days_or_weeks_or_no_longer_than_the_rest(string text, int days)
    {
        Assert.True(LimitText.TryCrashes(text, out var age));
        Assert.Equal(TimeSpan.FromDays(days), age);
        Assert.True(LimitText.TryCrashes(LimitText.OfCrashes(age), out var again));
        Assert.Equal(age, again);
    }

    [Theory]
    [InlineData("9M")]
    [InlineData("-1G")]
    [InlineData("9999999999999T")]
    [InlineData("")]
    public void Sizes_that_make_no_sense_are_refused(string text) => Assert.False(LimitText.TrySize(text, out _));

    [Theory]
    [InlineData("0d")]
    [InlineData("never")]
    [InlineData("99999w")]
    [InlineData("99999999999d")]
    [InlineData("1h")]
    public void Times_that_make_no_sense_are_refused(string text) => Assert.False(LimitText.TryCrashes(text, out _));

    [Fact]
    public void What_is_nearer_wins_and_the_rest_comes_from_farther_away()
    {
        var option = new RetentionLimits { Lines = new(500, "--keep-lines") };
        var file = new RetentionLimits { Lines = new(200, "file"), Crashes = new(TimeSpan.FromDays(90), "file") };
        var limits = RetentionLimits.Parse(option.Over(file).Write()).Over(RetentionLimits.Default);
        Assert.Equal(new Limit<long>(500, "--keep-lines"), limits.Lines);
        Assert.Equal("file", limits.Crashes!.Source);
        Assert.Equal(Retention.Default with { Lines = 500, Crashes = TimeSpan.FromDays(90) }, limits.ToRetention());
        Assert.True(RetentionLimits.Parse("{no").IsEmpty);
    }

    [Fact]
    public void The_settings_file_says_what_is_kept_and_what_makes_no_sense_is_refused_at_its_place()
    {
        var file = ProjectSettingsFile.Parse("keep: {lines: 5000, days: 7, size: 1G, crashes: 90d}"u8);
        Assert.Empty(file.Problems);
        Assert.Equal(new Retention(5_000, TimeSpan.FromDays(7), 1L << 30) { Crashes = TimeSpan.FromDays(90) }, file.Keep.ToRetention());
        Assert.Equal("overmind-gui.yaml line 1, column 15", file.Keep.Lines!.Source);

        Assert.Equal(
            [
                "overmind-gui.yaml line 2, column 10: keep.lines: expected a number of lines, 100 or more, found the number 5",
                "overmind-gui.yaml line 3, column 12: keep.crashes: expected days such as 90d or weeks such as 12w, or off, found \"sometimes\"",
            ],
            ProjectSettingsFile.Parse("keep:\n  lines: 5\n  crashes: sometimes"u8).Problems.Select(p => p.ToString()));
    }
}
