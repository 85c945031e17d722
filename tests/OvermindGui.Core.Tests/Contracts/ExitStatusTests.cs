using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Tests.Contracts;

public class ExitStatusTests
{
    [Theory]
    [InlineData(0, "exited with code 0", "0")]
    [InlineData(3, "exited with code 3", "3")]
    [InlineData(126, "exited with code 126 (not executable)", "126")]
    [InlineData(127, "exited with code 127 (command not found)", "127")]
    [InlineData(128, "exited with code 128", "128")]
    [InlineData(130, "killed by SIGINT (2)", "SIGINT")]
    [InlineData(137, "killed by SIGKILL (9)", "SIGKILL")]
    [InlineData(139, "killed by SIGSEGV (11)", "SIGSEGV")]
    [InlineData(143, "killed by SIGTERM (15)", "SIGTERM")]
    [InlineData(192, "killed by signal 64 (64)", "signal 64")]
    [InlineData(193, "exited with code 193", "193")]
    [InlineData(255, "exited with code 255", "255")]
    public void A_code_has_words(int code, string text, string shortText)
    {
        var status = new ExitStatus(code);
        Assert.Equal((text, shortText), (status.ToString(), status.ToShortText()));
    }

    [Fact]
    public void Only_zero_is_success() =>
        Assert.Equal([0], Enumerable.Range(0, 256).Where(code => new ExitStatus(code).IsSuccess));
}
