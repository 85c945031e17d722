using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Tests.Contracts;

public class ByteSizeTests
{
    [Theory]
    [InlineData("600M", 600L << 20)]
    [InlineData("1.5G", 3L << 29)]
    [InlineData("512k", 512L << 10)]
    [InlineData("2 GiB", 2L << 30)]
    [InlineData("64MB", 64L << 20)]
    public void Hand_written_amounts_are_understood(string text, long bytes) => Assert.Equal(bytes, ByteSize.Parse(text));

    [Theory]
    [InlineData("600")]
    [InlineData("0M")]
    [InlineData("-1M")]
    [InlineData("lots")]
    [InlineData("99999999999T")]
    public void Others_are_refused(string text) => Assert.Null(ByteSize.Parse(text));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.0 KB")]
    [InlineData(312L << 20, "312 MB")]
    [InlineData(9_961_472, "9.5 MB")]
    [InlineData(1.2 * (1 << 30), "1.2 GB")]
    public void An_amount_is_shown_with_few_digits(double bytes, string shown) => Assert.Equal(shown, ByteSize.Of(bytes));
}
