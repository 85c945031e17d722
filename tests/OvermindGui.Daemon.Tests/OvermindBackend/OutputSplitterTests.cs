using System.Text;
using OvermindGui.Daemon.OvermindBackend;

namespace OvermindGui.Daemon.Tests.OvermindBackend;

public class OutputSplitterTests
{
    [Fact]
    public void A_line_is_the_text_behind_its_prefix() =>
        Assert.Equal([("web", "hello\n")], Split("\e[1;38;5;2mweb   \e[0m | hello\n"));

    [Fact]
    public void The_title_before_the_first_line_is_taken_off() =>
        Assert.Equal(
            [("system", "\e[1mListening\e[0m\n"), ("web", "hello\n")],
            Split("\e]0;app | overmind\a\e[1;38;5;7msystem\e[0m | \e[1mListening\e[0m\n\e[1;38;5;2mweb   \e[0m | hello\n"));

    [Fact]
    public void Only_the_first_prefix_of_a_line_counts() =>
        Assert.Equal(
            [("web", "\e[1;38;5;3mapi   \e[0m | not of api\n"), ("web", "api | neither\n"), ("web", "\e]0;title | mine\amore\n")],
            Split(
                "\e[1;38;5;2mweb   \e[0m | \e[1;38;5;3mapi   \e[0m | not of api\n",
                "\e[1;38;5;2mweb   \e[0m | api | neither\n",
                "\e[1;38;5;2mweb   \e[0m | \e]0;title | mine\amore\n"));

    [Fact]
    public void Names_that_contain_each_other_are_kept_apart() =>
        Assert.Equal(
            [("web", "a\n"), ("web-2", "b\n"), ("my-web-2", "c\n"), ("w", "d\n")],
            Split("\e[1;38;5;2mweb     \e[0m | a\n\e[1;38;5;3mweb-2   \e[0m | b\n\e[1;38;5;130mmy-web-2\e[0m | c\n\e[1;38;5;4mw       \e[0m | d\n"));

    [Fact]
    public void A_time_before_the_name_is_taken_off() =>
        Assert.Equal([("web", "12:00:00 hello\n")], Split("\e[0;38;5;2m15:04:05 \e[1;38;5;2mweb   \e[0m | 12:00:00 hello\n"));

    [Theory]
    [InlineData("overmind: something went wrong\n")]
    [InlineData("\e[1;38;5;2mnot a name\e[0m | x\n")]
    [InlineData("\e[1;38;5;2mweb\n")]
    [InlineData("\e[1;38;5;2m\e[0m | x\n")]
    [InlineData("\e[1;38;5;mweb\e[0m | x\n")]
    [InlineData("\e[0;38;5;2m15:04\n")]
    [InlineData("web    | no colour\n")]
    [InlineData("\n")]
    public void What_has_no_prefix_belongs_to_no_process(string line) => Assert.Equal([(null, line)], Split(line));

    [Fact]
    public void Empty_lines_and_carriage_returns_inside_stay() =>
        Assert.Equal(
            [("web", "\n"), ("web", "10%\r20%\n")],
            Split("\e[1;38;5;2mweb   \e[0m | \n", "\e[1;38;5;2mweb   \e[0m | 10%\r20%\n"));

    [Fact]
    public void What_one_process_prints_in_a_row_stays_together_and_nothing_changes_places()
    {
        var texts = new OutputSplitter().Feed(Encoding.UTF8.GetBytes(
            "\e[1;38;5;2mweb   \e[0m | a\n\e[1;38;5;2mweb   \e[0m | b\n\e[1;38;5;3mapi   \e[0m | c\n\e[1;38;5;2mweb   \e[0m | d\n"));

        Assert.Equal([("web", "a\nb\n"), ("api", "c\n"), ("web", "d\n")], texts.Select(t => (t.Process, Text(t))));
    }

    [Fact]
    public void Where_the_reads_cut_makes_no_difference()
    {
        const string output =
            "\e]0;app | overmind\a\e[1;38;5;7msystem\e[0m | \e[1mListening at ./.overmind.sock\e[0m\n"
            + "\e[1;38;5;2mweb   \e[0m | \e[1mStarted with pid 12...\e[0m\n\e[1;38;5;2mweb   \e[0m | grüße\n"
            + "\e[1;38;5;3mapi   \e[0m | x\n\e[1;38;5;2mweb   \e[0m | \e[1mExited with code 3\e[0m\nend";
        var whole = Split(output);
        Assert.Equal(6, whole.Count);

        for (var size = 1; size < 60; size++)
            Assert.Equal(whole, Lines(Encoding.UTF8.GetBytes(output).Chunk(size)));
    }

    [Fact]
    public void A_very_long_line_is_handed_on_before_it_ends_and_stays_one()
    {
        var splitter = new OutputSplitter();
        var part = Encoding.UTF8.GetBytes(new string('x', OutputSplitter.LongestHeld));

        Assert.Empty(splitter.Feed("\e[1;38;5;2mweb   \e[0m | "u8));
        var first = Assert.Single(splitter.Feed(part));
        Assert.Equal(("web", part.Length), (first.Process, first.Bytes.Length));
        var second = Assert.Single(splitter.Feed("\e[1;38;5;3mapi   \e[0m | still web\n\e[1;38;5;3m"u8));

        Assert.Equal(("web", "\e[1;38;5;3mapi   \e[0m | still web\n"), (second.Process, Text(second)));
        Assert.Equal(("api", "now api\n"), Assert.Single(splitter.Feed("api   \e[0m | now api\n"u8).Select(t => (t.Process!, Text(t)))));
    }

    [Theory]
    [InlineData("\e[1mStarted with pid 13454...\e[0m", "Started", 13454)]
    [InlineData("\e[1mRestarted with pid 13495...\e[0m", "Restarted", 13495)]
    [InlineData("\e[1mRestarting...\e[0m", "Restarting", 0)]
    [InlineData("\e[1mInterrupting...\e[0m", "Interrupting", 0)]
    [InlineData("\e[1mKilling...\e[0m", "Killing", 0)]
    [InlineData("\e[1mExited with code 3\e[0m", "Exited", 3)]
    public void Words_that_overmind_says_are_known(string line, string kind, int number)
    {
        var text = Assert.Single(new OutputSplitter().Feed(Encoding.UTF8.GetBytes($"\e[1;38;5;2mweb   \e[0m | {line}\n")));

        Assert.Equal((kind, number), (text.Message?.Kind.ToString(), text.Message?.Number));
        Assert.Equal($"{line}\n", Text(text));
    }

    [Theory]
    [InlineData("Exited with code 3")]
    [InlineData("\e[1mExited with code 3\e[0m.")]
    [InlineData("\e[1mExited with code three\e[0m")]
    [InlineData("\e[1mStarted with pid 99999999999...\e[0m")]
    [InlineData("\e[1m\e[0m")]
    [InlineData("\e[1mRestarting... \e[0m")]
    public void Anything_else_is_text(string line) =>
        Assert.Null(Assert.Single(new OutputSplitter().Feed(Encoding.UTF8.GetBytes($"\e[1;38;5;2mweb   \e[0m | {line}\n"))).Message);

    private static List<(string? Process, string Line)> Split(params string[] reads) => Lines(reads.Select(Encoding.UTF8.GetBytes));

    // Line by line, however they were passed on.
    private static List<(string? Process, string Line)> Lines(IEnumerable<byte[]> reads)
    {
        var splitter = new OutputSplitter();
        var lines = new List<(string? Process, string Line)>();
        foreach (var read in reads) Take(splitter.Feed(read));
        Take(splitter.Complete());
        return lines;

        void Take(IReadOnlyList<OvermindOutputText> texts) => lines.AddRange(texts.SelectMany(text =>
            Text(text)[..^1].Split('\n').Select(line => (text.Process, line + "\n"))));
    }

    private static string Text(OvermindOutputText text) => Encoding.UTF8.GetString(text.Bytes.Span);
}
