using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

public class LineEndTests
{
    [Fact]
    public void Every_newline_ends_a_line() => Assert.Equal(["one", "two"], Rendered.Texts("one\ntwo\n"));

    [Fact]
    public void Empty_lines_are_kept() => Assert.Equal(["", "a", "", "", "b"], Rendered.Texts("\na\n\n\nb\n"));

    [Fact]
    public void A_last_line_without_newline_is_a_line() => Assert.Equal(["one", "two"], Rendered.Texts("one\ntwo"));

    [Fact]
    public void No_output_is_no_line() => Assert.Empty(Rendered.Texts(""));

    [Fact]
    public void Sequences_alone_are_no_line() => Assert.Empty(Rendered.Texts("\e[31m\e]0;title\a\e[K"));

    [Fact]
    public void A_carriage_return_before_the_newline_is_part_of_the_line_end() =>
        Assert.Equal(["one", "", "two"], Rendered.Texts("one\r\n\r\ntwo\r\r\n"));

    [Fact]
    public void Tabs_at_the_end_of_a_line_are_kept() => Assert.Equal(["\t", "a\t"], Rendered.Texts("\t\na\t"));
}
