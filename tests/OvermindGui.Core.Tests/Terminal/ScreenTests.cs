using System.Text;
using OvermindGui.Core.Terminal;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

/// <summary>What stays in the log when a program uses the screen: clears it, scrolls parts of it, wraps lines, or leaves it for another.</summary>
public class ScreenTests
{
    private readonly ReceivedLines _received = new();
    private readonly LineAssembler _assembler;

    public ScreenTests() => _assembler = new LineAssembler(new TerminalSize(80, 24), _received.Receive);

    [Fact]
    public void Lines_that_are_drawn_again_after_an_erase_at_the_top_are_the_same_lines()
    {
        Feed("a 0\nb 0\n");
        for (var i = 1; i <= 5; i++) Feed($"\e[2A\e[Ja {i}\nb {i}\n");
        AssertLog("a 5", "b 5");
    }

    [Theory]
    [InlineData("")]
    [InlineData("first\n\e[H\e[2J")]
    public void A_prompt_that_is_drawn_again_is_one_line_also_at_the_top(string before)
    {
        Feed(before);
        for (var i = 0; i < 20; i++) Feed($"\e[1G\e[0J> {new string('x', i)}");
        AssertLog([.. before.Length > 0 ? ["first"] : (string[])[], "> " + new string('x', 19)]);
    }

    [Theory]
    [InlineData("\e[H\e[J")]
    [InlineData("\e[1;1f\e[0J")]
    [InlineData("\e[H\e[m\e[J")]
    [InlineData("\e[2J\e[H")]
    [InlineData("\e[2J")]
    [InlineData("\e[3J\e[H")]
    [InlineData("\ec")]
    [InlineData("\e[H\e[?J")]
    public void These_begin_a_new_page(string clear)
    {
        for (var i = 0; i < 4; i++) Feed($"{clear}page {i}\n");
        AssertLog("page 0", "page 1", "page 2", "page 3");
    }

    [Theory]
    [InlineData("\e[H\e[K\e[J")]
    [InlineData("\e[A\r\e[J")]
    [InlineData("\e[99A\e[99D\e[J")]
    [InlineData("\e[F\e[J")]
    [InlineData("\e[H \b\e[J")]
    public void Others_draw_the_same_page_again(string erase)
    {
        Feed("page 0\n");
        for (var i = 1; i < 4; i++) Feed($"{erase}page {i}\n");
        AssertLog("page 3");
    }

    [Theory]
    [InlineData(22)] // rows - 2: Vite
    [InlineData(24)] // rows: vue-cli
    [InlineData(60)]
    public void A_cleared_page_leaves_no_blank_rows(int newlines)
    {
        for (var i = 0; i < 3; i++) Feed(new string('\n', newlines) + $"\e[1;1H\e[0J\n  VITE {i}\n\n  ready\n");
        AssertLog("", "  VITE 0", "", "  ready", "", "  VITE 1", "", "  ready", "", "  VITE 2", "", "  ready");
    }

    [Fact]
    public void Blank_lines_between_text_stay_however_many()
    {
        Feed("a\n" + new string('\n', 3_000) + "b\n");
        _assembler.Complete();
        Assert.Equal(3_002, _received.Texts.Length);
        Assert.Equal("b", _received.Texts[^1]);
    }

    [Fact]
    public void Blank_lines_at_the_end_are_reported_with_the_end()
    {
        Feed("a\n\n\n");
        Assert.Equal(["a"], _received.Texts);
        Assert.False(_assembler.HasChanges);
        AssertLog("a", "", "");
    }

    /// <summary>What prompt_toolkit does: room for a menu below the prompt, and none of it in the end.</summary>
    [Fact]
    public void Empty_lines_that_were_erased_are_none()
    {
        Feed("start\n" + new string('\n', 12) + "\e[12A\rname> \e[J");
        _assembler.Flush();
        Feed("Ada\e[J\nhello\n");
        AssertLog("start", "name> Ada", "hello");
    }

    [Fact]
    public void Lines_that_were_erased_before_a_clear_give_their_place_to_the_next_page()
    {
        Feed("log\n1 %\n2 %\n");
        Feed("\e[2A\e[J\e[H\e[2Jnext\n");
        AssertLog("log", "next", "");
    }

    /// <summary>What apt does: a region above the last row, where the bar is.</summary>
    [Fact]
    public void A_bar_below_a_scroll_region_is_one_line_and_mixes_with_none()
    {
        Feed("Reading package lists...\n");
        Feed("\n\e7\e[0;23r\e8\e[1A");
        for (var i = 0; i < 60; i++)
            Feed($"\e7\e[24;0f\e[42m\e[30mProgress: [{i,3}%]\e[49m\e[39m [######......] \e8Unpacking package-{i} ...\n");
        Feed("\e7\e[0;24r\e8\e[1A\e[J");
        Feed("Done\n");
        _assembler.Complete();
        var texts = _received.Texts.Where(text => text.Length > 0).ToList();
        Assert.Equal(
            ["Reading package lists...", .. Enumerable.Range(0, 59).Select(i => $"Unpacking package-{i} ..."), "Done"],
            texts.Where(text => !text.StartsWith("Progress", StringComparison.Ordinal)));
        Assert.InRange(_received.Texts.Length, texts.Count, texts.Count + 1);
    }

    /// <summary>What enlighten does: to the bottom, room for the bars, the region, and lines at its end.</summary>
    [Fact]
    public void Lines_at_the_end_of_a_region_are_in_order_without_blank_ones_between()
    {
        Feed("start\n\e[24;1H\n\n\e[1;22r\e[22;1H");
        for (var i = 0; i < 40; i++) Feed($"\e[23;1H\e[KBar one {i}\e[24;1H\e[KBar two {i}\e[22;1Hline {i}\n");
        Feed("\e[r\e[24;1H\nend\n");
        _assembler.Complete();
        Assert.Equal(
            ["start", "Bar one 39", "Bar two 39", .. Enumerable.Range(0, 40).Select(i => $"line {i}"), "end"],
            _received.Texts.Where(text => text.Length > 0));
        Assert.True(_received.Texts.Length <= 45, string.Join('|', _received.Texts));
    }

    [Fact]
    public void Text_that_flows_over_where_a_footer_was_is_a_line_of_its_own()
    {
        Feed("a\n\e[1;23r\e[24;1Hfooter\e[2;1H");
        Feed(string.Concat(Enumerable.Range(0, 40).Select(i => $"{i}\n")));
        Feed("\e7\e[r\e[24;1H\e[K\e8");
        Feed(string.Concat(Enumerable.Range(40, 40).Select(i => $"{i}\n")));
        _assembler.Complete();
        Assert.Equal(["a", .. Enumerable.Range(0, 80).Select(i => $"{i}")], _received.Texts.Where(text => text.Length > 0));
    }

    [Fact]
    public void Rows_that_scroll_out_of_a_region_stay_in_the_log()
    {
        Feed("head\n\e[2;4r\e[2;1Hone\ntwo\nthree\nfour\nfive\e[2S");
        AssertLog("head", "one", "two", "three", "four", "five");
    }

    [Fact]
    public void Lines_put_in_and_taken_out_inside_a_region_leave_the_footer_alone()
    {
        Feed("a\nb\nc\nfooter\n\e[1;3r\e[1;1H\e[Lnew");
        AssertLog("new", "a", "b", "footer");
        Assert.Equal(["new", "a", "b", "footer"], _assembler.Screen.Take(4).Select(line => line.Text));
    }

    /// <summary>What ora and log-update do: a row up for each that the text takes.</summary>
    [Fact]
    public void A_long_text_that_is_drawn_again_deletes_no_older_line()
    {
        Feed("older\n");
        var rows = 0;
        for (var i = 0; i < 10; i++)
        {
            for (var row = 0; row < rows; row++) Feed((row > 0 ? "\e[1A" : "") + "\e[2K\e[G");
            var text = $"{i} " + new string((char)('a' + i), 60 + 30 * (i % 5));
            rows = (text.Length + 79) / 80;
            Feed(text);
        }

        Feed("\ndone\n");
        AssertLog("older", "9 " + new string('j', 180), "done");
    }

    [Fact]
    public void A_list_of_long_texts_that_is_drawn_again_keeps_its_lines()
    {
        Feed("older\n");
        for (var i = 0; i < 6; i++)
        {
            Feed(string.Concat(Enumerable.Range(0, 3).Select(task => $"{task}: {new string('x', 70 + 10 * i)}\n")));
            if (i < 5) Feed(string.Concat(Enumerable.Repeat("\e[1A\e[2K", 3 * ((73 + 10 * i + 79) / 80))));
        }

        AssertLog(["older", .. Enumerable.Range(0, 3).Select(task => $"{task}: {new string('x', 120)}")]);
    }

    [Fact]
    public void Without_wrapping_what_does_not_fit_is_written_over_the_last_column()
    {
        Feed($"\e[?7l{new string('a', 80)}bcd\nx\e[?7h\n");
        AssertLog(new string('a', 79) + "d", "x");
    }

    [Fact]
    public void A_bar_wider_than_the_window_does_not_flood_the_log()
    {
        for (var i = 0; i < 50; i++)
        {
            Feed("\r" + $"frame {i} ".PadRight(150, '='));
            _assembler.Flush();
        }

        Feed("\n");
        AssertLog("frame 49 ".PadRight(150, '='));
    }

    [Fact]
    public void A_bar_wider_than_the_window_that_erases_first_does_not_flood_the_log()
    {
        for (var i = 0; i < 50; i++)
        {
            Feed("\r\e[K" + $"frame {i} ".PadRight(150, '='));
            _assembler.Flush();
        }

        AssertLog("frame 49 ".PadRight(150, '='));
    }

    [Fact]
    public void What_a_program_shows_when_it_dies_on_the_alternate_screen_is_kept()
    {
        Feed("before\n\e[?1049h\e[H\e[2J\e[5;1Hpanic: boom\e[7;3Hgoroutine 1");
        AssertLog("before", LineAssembler.FullScreenMarker, LineAssembler.LastScreenMarker, "panic: boom", "  goroutine 1");
    }

    [Fact]
    public void A_program_that_leaves_the_alternate_screen_leaves_only_the_mark()
    {
        Feed("before\n\e[?1049h\e[5;1Hdrawn\e[?1049lafter\n");
        AssertLog("before", LineAssembler.FullScreenMarker, "after");
    }

    [Fact]
    public void What_comes_after_a_crash_on_the_alternate_screen_is_log_again()
    {
        Feed("before\n\e[?1049h\e[31m\e[5;1Hlast words");
        _assembler.LeaveAlternateScreen();
        Feed("after\n");
        AssertLog("before", LineAssembler.FullScreenMarker, LineAssembler.LastScreenMarker, "last words", "after");
        Assert.Empty(_received.Lines[^1].Runs);
    }

    [Fact]
    public void A_line_that_was_begun_goes_on_after_the_alternate_screen()
    {
        Feed("edit? \e[?1049hvim\e[?1049lyes\n");
        AssertLog("edit? yes", LineAssembler.FullScreenMarker);
    }

    [Theory]
    [InlineData("\e(0q\e7\e(Bq\e8q", "─q")]
    [InlineData("\e(0q\e[?1048h\e(B\e[?1048lq", "──")]
    public void The_cursor_is_restored_with_its_character_set(string output, string first) =>
        Assert.StartsWith(first[..1], Rendered.Text(output), StringComparison.Ordinal);

    [Theory]
    [InlineData("\e[3g\e[5G\eH\r\e[Ix", "    x")]
    [InlineData("\e[9G\e[g\r\e[Ix", "                x")]
    [InlineData("bc\r\e[4ha\e[4ld", "adc")]
    [InlineData("abc\e[2G\e[?K", "a")]
    public void Tab_stops_insert_mode_and_selective_erasure_do_what_xterm_does(string output, string line) => Assert.Equal(line, Rendered.Text(output));

    [Fact]
    public void The_screen_shows_the_end_of_a_flood_and_a_program_may_change_it()
    {
        Feed(string.Concat(Enumerable.Range(1, 500).Select(i => $"line {i}\n")) + "\e[3A\e[Kchanged\e[3B\r> ");
        Assert.Equal([.. Enumerable.Range(478, 20).Select(i => $"line {i}"), "changed", "line 499", "line 500", "> "], _assembler.Screen.Select(row => row.Text));
        AssertLog([.. Enumerable.Range(1, 497).Select(i => $"line {i}"), "changed", "line 499", "line 500", "> "]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\e[32m")]
    public void A_long_line_in_a_flood_has_its_rows_on_the_screen(string color)
    {
        var text = new string('x', 200);
        Feed(string.Concat(Enumerable.Repeat($"{color}{text}\n", 30)) + "\e[2A\ronly the row before the last\e[K");
        Assert.Equal(["only the row before the last", new string('x', 40), ""], _assembler.Screen.TakeLast(3).Select(row => row.Text));
        AssertLog([.. Enumerable.Repeat(text, 29), new string('x', 80) + "only the row before the last".PadRight(80) + new string('x', 40)]);
    }

    [Theory]
    [InlineData("\rlast row")]
    [InlineData("\e[1Glast row")]
    public void A_long_line_without_its_end_is_changed_where_the_screen_shows_it(string change)
    {
        Feed(new string('\n', 30) + "x\n" + new string('a', 80) + new string('b', 8) + change);
        Assert.Equal([new string('a', 80), "last row"], _assembler.Screen.TakeLast(2).Select(row => row.Text));
        AssertLog([.. Enumerable.Repeat("", 30), "x", new string('a', 80) + "last row"]);
    }

    private void Feed(string output) => _assembler.Feed(Encoding.UTF8.GetBytes(output));

    private void AssertLog(params string[] lines)
    {
        _assembler.Complete();
        Assert.Equal(lines, _received.Texts);
    }
}
