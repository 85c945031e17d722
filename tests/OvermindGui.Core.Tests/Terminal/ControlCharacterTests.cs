using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

public class ControlCharacterTests
{
    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\ab")]
    [InlineData("a\x7F" + "b")]
    [InlineData("a\x0E\x0F" + "b")]
    [InlineData("a\x18\x1A\x1C\x1F" + "b")]
    [InlineData("a\u0080\u0081\u009C\u0099b")]
    public void Controls_without_meaning_here_are_dropped(string output) => Assert.Equal("ab", Rendered.Text(output));

    [Theory]
    [InlineData("a\vb")]
    [InlineData("a\fb")]
    public void Vertical_tab_and_form_feed_go_a_row_down_in_the_same_column(string output) => Assert.Equal(["a", " b"], Rendered.Texts(output));

    [Fact]
    public void A_c1_control_is_short_for_its_escape_sequence()
    {
        Assert.Equal("<span class=\"f1\">x</span>", Rendered.Html("\u009B31mx"));
        Assert.Equal("ab", Rendered.Text("a\u009D0;title\u009Cb"));
        Assert.Equal(["a", "b"], Rendered.Texts("a\u0085b"));
    }

    [Fact]
    public void Escape_at_the_very_end_is_dropped() => Assert.Equal("a", Rendered.Text("a\e"));

    [Fact]
    public void The_first_printable_character_after_the_c1_controls_is_kept() => Assert.Equal("\u00A0", Rendered.Text("\u0099\u00A0"));
}
