using OvermindGui.Core.Terminal;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

public class LineLimitTests
{
    private static int Limit => LineAssembler.MaxLineLength;

    [Fact]
    public void A_line_of_the_limit_stays_one() => Assert.Equal([Limit], Lengths(new string('a', Limit) + "\n"));

    [Fact]
    public void A_longer_line_is_cut() => Assert.Equal([Limit, Limit, 10], Lengths(new string('a', 2 * Limit + 10)));

    [Fact]
    public void A_cut_loses_nothing()
    {
        var text = string.Concat(Enumerable.Range(0, 30_000));
        Assert.Equal(text, string.Concat(Rendered.Texts(text)));
    }

    [Fact]
    public void A_cut_never_splits_a_character()
    {
        var text = "a" + string.Concat(Enumerable.Repeat("😀", Limit / 2)) + "b";
        var lines = Rendered.Texts(text);
        Assert.Equal([Limit - 1, 3], lines.Select(l => l.Length));
        Assert.Equal(text, string.Concat(lines));
    }

    [Fact]
    public void Style_goes_on_after_the_cut()
    {
        var lines = Rendered.Lines([.. "\e[31m"u8, .. new byte[Limit].Select(_ => (byte)'a'), .. "b"u8]);
        Assert.Equal("<span class=\"f1\">b</span>", Rendered.Html(lines[1]));
    }

    [Fact]
    public void The_rows_of_a_full_line_that_are_on_the_screen_can_be_written_over() =>
        Assert.Equal([new string('a', 65_200) + "bb" + new string('a', Limit - 65_202)], Rendered.Texts(new string('a', Limit) + "\e[A\rbb"));

    [Fact]
    public void A_line_full_of_tabs_goes_on_in_the_next_one() =>
        Assert.Equal([Limit / 8 - 1 + 8, 2], Lengths(new string('\t', Limit / 8 - 1) + "12345678" + "\tx"));

    private static int[] Lengths(string output) => [.. Rendered.Texts(output).Select(l => l.Length)];
}
