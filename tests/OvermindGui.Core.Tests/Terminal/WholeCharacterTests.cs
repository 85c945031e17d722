using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

/// <summary>A character of two UTF-16 units takes two cells; editing never leaves half of one.</summary>
public class WholeCharacterTests
{
    [Theory]
    [InlineData("😀\rX", "X ")]
    [InlineData("😀\bX", " X")]
    [InlineData("😀😀\b\b\b😁", " 😁 ")]
    [InlineData("a😀\b\e[K", "a ")]
    [InlineData("😀b\r\e[1K", "  b")]
    [InlineData("😀b\b\b\e[1K", "  b")]
    [InlineData("😀\r😁", "😁")]
    public void The_other_half_becomes_a_blank(string output, string line) => Assert.Equal(line, Rendered.Text(output));
}
