using OvermindGui.Core.Project.Procfiles;

namespace OvermindGui.Core.Tests.Project.Procfiles;

public class ProcfileEntryTests
{
    [Fact]
    public void Entries_keep_their_order_and_their_line_numbers()
    {
        var procfile = Procfile.Parse("web: bin/serve\n\n# the queue\nworker-1: bin/work --fast\nlog_tail: tail -f x\n");
        Assert.Equal(
            [new("web", "bin/serve", 1, 0), new("worker-1", "bin/work --fast", 4, 1), new ProcfileEntry("log_tail", "tail -f x", 5, 2)],
            procfile.Entries);
        Assert.Empty(procfile.Problems);
    }

    [Theory]
    [InlineData("web: run")]
    [InlineData("web:run")]
    [InlineData("web:\trun")]
    [InlineData("  web: run")]
    [InlineData("\tweb: run")]
    [InlineData("web:   run   ")]
    [InlineData("web: run\r\n")]
    [InlineData("\uFEFFweb: run")]
    public void One_entry_can_be_written_in_many_ways(string text)
    {
        var procfile = Procfile.Parse(System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Equal([new ProcfileEntry("web", "run", 1)], procfile.Entries);
        Assert.Empty(procfile.Problems);
    }

    [Theory]
    [InlineData("echo a: b && c | d > e # no comment")]
    [InlineData("PORT=1 \"$HOME/x y\" 'quoted'")]
    [InlineData("echo 漢字 😀")]
    public void The_command_is_left_to_the_shell(string command) =>
        Assert.Equal(command, Assert.Single(Procfile.Parse($"web: {command}").Entries).Command);

    [Fact]
    public void Comments_and_blank_lines_are_skipped()
    {
        var procfile = Procfile.Parse("# one\n   # two: indented\n\n   \nweb: run\n#web: other");
        Assert.Equal([new ProcfileEntry("web", "run", 5)], procfile.Entries);
        Assert.Empty(procfile.Problems);
    }

    [Fact]
    public void Windows_line_ends_are_accepted()
    {
        var procfile = Procfile.Parse("web: run\r\n\r\nworker: work\r\n"u8);
        Assert.Equal([new("web", "run", 1, 0), new ProcfileEntry("worker", "work", 3, 1)], procfile.Entries);
        Assert.Empty(procfile.Problems);
    }
}
