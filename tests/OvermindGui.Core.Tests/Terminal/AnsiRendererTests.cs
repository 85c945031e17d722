using System.Text;
using CsCheck;
using OvermindGui.Core.Terminal;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

public class AnsiRendererTests
{
    /// <summary>What can make the round trip: <see cref="Outputs.StyledLines"/> once the parser reads OSC 8.</summary>
    private static readonly Gen<StyledLine> Readable = Outputs.StyledLines;

    private const string Target = "https://example.org/a";

    [Fact]
    public void What_it_writes_is_read_back_as_the_same_line() =>
        Readable
            .Select(line => line with { Text = line.Text.Replace('\u202E', '|') }) // shown by name: see below
            .Sample(line => Assert.Equal(Rendered.Describe(line), Rendered.Describe(ReadBack(line))), iter: 3_000);

    [Fact]
    public void Lines_one_after_the_other_do_not_colour_each_other() =>
        Readable.Array[2, 5].Sample(
            lines => Assert.Equal(
                Rendered.Lines([.. lines.Select(l => Utf8(Ansi(l) + "\n"))]).Select(Rendered.Describe),
                lines.Select(l => Rendered.Describe(ReadBack(l)))),
            iter: 500);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\e[31mb\e[mc", "a\e[31mb\e[0mc")]
    [InlineData("\e[1;91;104mx", "\e[1;91;104mx\e[0m")]
    [InlineData("\e[38;5;200;48;5;16mx", "\e[38;5;200;48;5;16mx\e[0m")]
    [InlineData("\e[38;2;1;2;3;48;2;255;0;16mx", "\e[38;2;1;2;3;48;2;255;0;16mx\e[0m")]
    [InlineData("\e[2;3;5;7;8;9;53mx", "\e[2;3;5;7;8;9;53mx\e[0m")]
    public void Styles_are_sequences(string output, string ansi) => Assert.Equal(ansi, Ansi(Assert.Single(Rendered.Lines(Utf8(output)))));

    [Theory]
    [InlineData("\e[4mx", "\e[4mx\e[0m")]
    [InlineData("\e[21;31mx", "\e[4;31m\e[4:2mx\e[0m")]
    [InlineData("\e[4:5mx", "\e[4m\e[4:5mx\e[0m")]
    [InlineData("\e[4;58;5;9mx", "\e[4m\e[58:5:9mx\e[0m")]
    [InlineData("\e[4:3;58;2;1;2;3mx", "\e[4m\e[4:3m\e[58:2::1:2:3mx\e[0m")]
    public void What_few_terminals_know_of_underlines_stands_apart(string output, string ansi) =>
        Assert.Equal(ansi, Ansi(Assert.Single(Rendered.Lines(Utf8(output)))));

    [Fact]
    public void A_link_is_opened_once_for_all_its_styles_and_closed()
    {
        var link = TextStyle.Default with { Link = Target };
        var red = link with { Foreground = TerminalColor.Palette(1) };
        var line = new StyledLine("abc", [new(0, 1, link), new(1, 1, red), new(2, 1, TextStyle.Default)]);
        Assert.Equal($"\e]8;;{Target}\e\\a\e[31mb\e[0m\e]8;;\e\\c", Ansi(line));
        Assert.Equal($"\e]8;;{Target}\e\\a\e]8;;\e\\", Ansi(new StyledLine("a", [new(0, 1, link)])));
    }

    [Theory]
    [InlineData("\e[2J\a\b\t", "␛[2J␇␈\t")]
    [InlineData("\x7F\u009B31m\u0085", "␡\uFFFD31m\uFFFD")]
    [InlineData("a\u202Eb\u2066", "a<U+202E>b<U+2066>")]
    public void What_would_act_on_the_terminal_is_shown(string text, string shown)
    {
        Assert.Equal(shown, Ansi(StyledLine.Plain(text)));
        Assert.Equal(shown, VisibleText.Of(text));
        Assert.Equal($"\e[1m{shown}\e[0m", Ansi(new StyledLine(text, [new(0, text.Length, new(TextAttributes.Bold, default, default))])));
    }

    [Fact]
    public void No_text_gets_a_control_out_but_tabs() =>
        Gen.Char['\0', '\u00FF'].Array[0, 20].Sample(
            text => Assert.DoesNotContain(Ansi(StyledLine.Plain(new string(text))), c => c != '\t' && char.IsControl(c)), iter: 2_000);

    private static StyledLine ReadBack(StyledLine line) => Assert.Single(Rendered.Lines(Utf8(Ansi(line) + "\n")));

    private static string Ansi(StyledLine line)
    {
        var ansi = new StringBuilder();
        AnsiRenderer.Append(ansi, line);
        return ansi.ToString();
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
