using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Tests.Contracts;

public sealed class UptimeFormatterTests
{
    [Theory]
    [InlineData("-00:00:05", "0s")]
    [InlineData("00:00:00.9", "0s")]
    [InlineData("00:00:59", "59s")]
    [InlineData("00:01:00", "1m 0s")]
    [InlineData("00:59:59", "59m 59s")]
    [InlineData("01:00:00", "1h 0m")]
    [InlineData("23:59:59", "23h 59m")]
    [InlineData("1.00:00:00", "1d 0h")]
    [InlineData("400.05:00:00", "400d 5h")]
    public void An_uptime_is_written_in_its_two_largest_units(string uptime, string text) =>
        Assert.Equal(text, UptimeFormatter.Of(TimeSpan.Parse(uptime, System.Globalization.CultureInfo.InvariantCulture)));
}
