using System.Text;
using OvermindGui.Core.Terminal;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

/// <summary>What a program does to lines it has already ended.</summary>
public class LiveWindowTests
{
    private readonly ReceivedLines _received = new();
    private readonly LineAssembler _assembler;

    public LiveWindowTests() => _assembler = new LineAssembler(TerminalSize.Default, _received.Receive);

    [Fact]
    public void A_display_of_twenty_lines_redrawn_two_hundred_times_is_twenty_lines()
    {
        for (var round = 1; round <= 200; round++)
        {
            for (var task = 1; task <= 20; task++) Feed($"\r\e[2Ktask {task}: {round / 2} %\n");
            Feed(round < 200 ? "\e[20A" : "");
            if (round % 10 == 0) _assembler.Flush();
        }

        _assembler.Complete();
        Assert.Equal(Enumerable.Range(1, 20).Select(task => $"task {task}: 100 %"), _received.Texts);
    }

    [Fact]
    public void A_bar_that_returns_to_its_start_is_one_line()
    {
        for (var percent = 0; percent <= 100; percent++) Feed($"\r[{new string('#', percent / 10),-10}] {percent} %");
        Feed("\n");
        Assert.Equal(["[##########] 100 %"], _received.Texts);
        Assert.Equal(0, _received.Amendments);
    }

    [Fact]
    public void A_line_that_is_being_written_is_passed_on_by_a_flush_and_again_when_it_has_grown()
    {
        Feed("Password");
        Assert.Empty(_received.Texts);
        Assert.True(_assembler.HasChanges);
        _assembler.Flush();
        Assert.Equal(["Password"], _received.Texts);
        Assert.False(_assembler.HasChanges);
        Feed(": \n");
        Assert.Equal(["Password: "], _received.Texts);
        Assert.Equal(1, _received.Amendments);
    }

    [Fact]
    public void Ended_lines_are_passed_on_at_once_and_only_once()
    {
        Feed("a\nb\n");
        Assert.Equal(["a", "b"], _received.Texts);
        _assembler.Flush();
        _assembler.Complete();
        Assert.Equal(["a", "b"], _received.Texts);
        Assert.Equal(0, _received.Amendments);
    }

    [Fact]
    public void A_change_is_passed_on_once_however_often_it_was_made()
    {
        Feed("one\ntwo\n");
        for (var i = 0; i < 50; i++) Feed($"\e[2A\r{i}\e[2B\r");
        _assembler.Flush();
        Assert.Equal(["49e", "two"], _received.Texts);
        Assert.Equal(1, _received.Amendments);
    }

    [Fact]
    public void Style_of_a_changed_line_survives_beside_the_change()
    {
        Feed("\e[31mred\e[m plain 漢字 👩‍💻\n\e[A\e[5Gx");
        _assembler.Complete();
        Assert.Equal(["<span class=\"f1\">red</span> xlain 漢字 👩‍💻"], _received.Lines.Select(l => Rendered.Html(l)));
    }

    [Fact]
    public void Moves_up_end_at_the_top_of_the_screen()
    {
        for (var i = 0; i < 150; i++) Feed($"{i}\n");
        Feed("\e[999A\rfirst");
        _assembler.Complete();
        // The cursor's own, empty row is the fiftieth.
        Assert.Equal("100", _received.Texts[100]);
        Assert.Equal("first", _received.Texts[101]);
        Assert.Equal(150, _received.Texts.Length);
    }

    [Fact]
    public void Rows_of_the_screen_are_the_newest_lines()
    {
        for (var i = 1; i <= 80; i++) Feed($"{i}\n");
        Feed("\e[1;1Htop\e[50;1Hbottom");
        _assembler.Complete();
        Assert.Equal("31", _received.Texts[30]);
        Assert.Equal("top", _received.Texts[31]);
        Assert.Equal("bottom", _received.Texts[80]);
    }

    [Theory]
    [InlineData("\e[H\e[2J\e[3J")]
    [InlineData("\e[2J\e[H")]
    [InlineData("\e[H\e[J")]
    [InlineData("\ec")]
    public void Clearing_the_screen_deletes_nothing_and_begins_a_new_page(string clear)
    {
        Feed("old\n" + clear + "new\n\e[99A\rNEW");
        _assembler.Complete();
        Assert.Equal(["old", "NEW"], _received.Texts);
    }

    [Fact]
    public void Erasing_below_empties_the_lines_of_a_display_for_what_comes()
    {
        Feed("log\n1 waiting\n2 waiting\n\e[2A\e[Jdone\n1 waiting\n");
        _assembler.Complete();
        Assert.Equal(["log", "done", "1 waiting"], _received.Texts);
    }

    [Fact]
    public void A_full_screen_program_leaves_a_marker_and_nothing_else()
    {
        Feed("before\n\e[?1049h\e[H\e[2Jscreen\n\e[31mfull\e[?1049lafter\n");
        Assert.Equal(["before", LineAssembler.FullScreenMarker, "after"], _received.Texts);
        Assert.Equal("after", Rendered.Html(_received.Lines[2]));
    }

    [Fact]
    public void Lines_that_scroll_out_of_the_window_are_passed_on_as_they_are_in_the_end()
    {
        Feed("0 %\n\e[A100 %\n");
        Feed(string.Concat(Enumerable.Repeat("x\n", 120)));
        Assert.Equal("100 %", _received.Texts[0]);
        Assert.False(_assembler.HasChanges);
    }

    [Fact]
    public void Nothing_is_lost_when_a_line_in_the_window_grows_too_long()
    {
        Feed("a\nb\n\e[2A" + new string('x', LineAssembler.MaxLineLength + 2));
        _assembler.Complete();
        Assert.Equal([LineAssembler.MaxLineLength, 2], _received.Texts.Select(t => t.Length));
    }

    private void Feed(string output) => _assembler.Feed(Encoding.UTF8.GetBytes(output));
}
