using System.Text;
using CsCheck;
using OvermindGui.Core.Terminal;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

/// <summary>What a program is answered that asks its terminal.</summary>
public class AnswerTests
{
    [Theory]
    [InlineData("\e[5n", "\e[0n")]
    [InlineData("\e[6n", "\e[1;1R")]
    [InlineData("ab\ncde\e[6n", "\e[2;4R")]
    [InlineData("\e[30;90H\e[6n", "\e[24;80R")]
    [InlineData("\e[?6n", "\e[?1;1R")]
    [InlineData("\e[5;9r\e[?6h\e[2;3H\e[6n", "\e[2;3R")]
    [InlineData("\e[?1049h\e[7;8H\e[6n", "\e[7;8R")]
    [InlineData("\e[c", "\e[?1;2c")]
    [InlineData("\e[0c", "\e[?1;2c")]
    [InlineData("\e[>c", "\e[>0;276;0c")]
    [InlineData("\e[>q", "\eP>|overmind-gui\e\\")]
    [InlineData("\e[18t", "\e[8;24;80t")]
    [InlineData("\e[19t", "\e[9;24;80t")]
    [InlineData("\e]10;?\a", "\e]10;rgb:e2e2/e8e8/f0f0\a")]
    [InlineData("\e]11;?\e\\", "\e]11;rgb:0f0f/1717/2a2a\e\\")]
    [InlineData("\e[?7$p", "\e[?7;1$y")]
    [InlineData("\e[?7l\e[?7$p", "\e[?7;2$y")]
    [InlineData("\e[?25l\e[?25$p", "\e[?25;2$y")]
    [InlineData("\e[?2004$p\e[?2004h\e[?2004$p", "\e[?2004;2$y\e[?2004;1$y")]
    [InlineData("\e[?1049h\e[?1049$p", "\e[?1049;1$y")]
    [InlineData("\e[?9999$p", "\e[?9999;0$y")]
    [InlineData("\e[4h\e[4$p", "\e[4;1$y")]
    public void A_question_is_answered_from_the_terminals_state(string output, string answer) => Assert.Equal(answer, Answers(output));

    [Theory]
    [InlineData("\e]0;title\a\e[21t\e[20t")] // the title comes back as input: the classic way to make a terminal type
    [InlineData("\e]52;c;?\a")] // the clipboard
    [InlineData("\e]4;1;?\a\e]1337;ReportVariable=user\a")]
    [InlineData("\eP$qm\e\\\eP+q544e\e\\")]
    [InlineData("\e[1;1;1;1;1;1*y")] // DECRQCRA: a checksum of what is on the screen
    [InlineData("\e[>5q\e[=c\e[?1c\e[1c\e[x")]
    [InlineData("\x05")]
    public void What_reveals_data_or_a_plain_xterm_does_not_know_gets_no_answer(string output) => Assert.Equal("", Answers(output));

    [Theory]
    [InlineData("a\e[6nb")]
    [InlineData("a\e]11;?\ab")]
    [InlineData("a\e[c\e[>c\e[18t\e[?7$pb")]
    public void A_question_leaves_no_trace_in_the_log(string output) => Assert.Equal("ab", Rendered.Text(output));

    /// <summary>The questions of Ruby's <c>debug</c> and Reline at their start, as recorded.</summary>
    [Fact]
    public void Reline_learns_the_place_of_its_cursor_and_how_wide_a_character_is() =>
        Assert.Equal("\e[2;1R\e[2;3R", Answers("x\n\e[6n\e[1G▽\u3042\e[2K\e[3G\e[6n"));

    [Fact]
    public void No_output_makes_the_terminal_answer_with_what_was_printed() =>
        Outputs.Mixed.Sample(
            output => Assert.Matches(@"\A(\e\[\??[0-9;]*[Rnct]|\e\[>0;276;0c|\eP>\|overmind-gui\e\\|\e\[\??[0-9;]*\$y)*\z", Answers(output)), iter: 2_000);

    private static string Answers(string output) => Answers(Encoding.UTF8.GetBytes(output));

    private static string Answers(byte[] output)
    {
        var answers = new StringBuilder();
        new LineAssembler(new TerminalSize(80, 24), (_, in _) => { }, answer => answers.Append(Encoding.ASCII.GetString(answer))).Feed(output);
        return answers.ToString();
    }
}
