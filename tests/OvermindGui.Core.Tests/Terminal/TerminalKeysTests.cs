using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Tests.Terminal;

public class TerminalKeysTests
{
    [Theory]
    [InlineData("enter", "\r")]
    [InlineData("Enter", "\r")]
    [InlineData("ctrl+c", "\x03")]
    [InlineData("Ctrl+C", "\x03")]
    [InlineData("ctrl+[", "\e")]
    [InlineData("ctrl+?", "\x7F")]
    [InlineData("ctrl+space", "\0")]
    [InlineData("alt+b", "\eb")]
    [InlineData("alt+enter", "\e\r")]
    [InlineData("up", "\e[A")]
    [InlineData("f12", "\e[24~")]
    [InlineData("q", "q")]
    [InlineData("Q", "Q")]
    [InlineData("漢", "漢")]
    [InlineData("👩‍💻", "👩‍💻")]
    public void A_key_sends_what_it_does_on_a_terminal(string name, string sequence) => Assert.Equal(sequence, TerminalKeys.Sequence(name));

    [Theory]
    [InlineData("")]
    [InlineData("quit")]
    [InlineData("f13")]
    [InlineData("ctrl+")]
    [InlineData("ctrl+1")]
    [InlineData("ctrl+up")]
    [InlineData("alt+")]
    [InlineData("\x03")]
    public void Another_name_is_no_key(string name) => Assert.Null(TerminalKeys.Sequence(name));
}
