using CsCheck;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Tests.Storage;

public class UnixTimeTests
{
    [Fact]
    public void A_stored_time_comes_back_to_the_millisecond() =>
        Gen.Long[0, 4_000_000_000_000].Sample(
            milliseconds => UnixTime.FromSeconds(milliseconds / 1000.0).ToUnixTimeMilliseconds() == milliseconds, iter: 5_000);
}
