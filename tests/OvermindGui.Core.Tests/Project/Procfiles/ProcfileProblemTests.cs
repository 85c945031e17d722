using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Procfiles;

namespace OvermindGui.Core.Tests.Project.Procfiles;

public class ProcfileProblemTests
{
    [Fact]
    public void All_bad_lines_are_reported_at_once_and_the_good_ones_stay()
    {
        var procfile = Procfile.Parse("web: run\nnonsense\nbad name: x\nempty:\nworker: work\nsystem: x\nweb: again");
        Assert.Equal(["web", "worker"], procfile.Entries.Select(e => e.Name));
        Assert.Equal(
            [
                "Procfile line 2: expected \"name: command\", found \"nonsense\"",
                "Procfile line 3: the name \"bad name\" may only hold letters, digits, \"_\" and \"-\"",
                "Procfile line 4: \"empty\" has no command; expected \"empty: command\"",
                "Procfile line 6: the name \"system\" belongs to the daemon's own messages; choose another",
                "Procfile line 7: \"web\" is already defined on line 1; the first one is used",
            ],
            procfile.Problems.Select(p => p.ToString()));
    }

    [Theory]
    [InlineData("a.b: x")]
    [InlineData("a/b: x")]
    [InlineData(": x")]
    [InlineData("é: x")]
    [InlineData("<b>: x")]
    [InlineData("a\0: x")]
    [InlineData("web\n: x")]
    public void A_name_of_other_characters_is_refused(string text)
    {
        var procfile = Procfile.Parse("ok: run\n" + text);
        Assert.Equal("ok", Assert.Single(procfile.Entries).Name);
        Assert.NotEmpty(procfile.Problems);
    }

    [Fact]
    public void A_command_with_a_nul_is_refused()
    {
        var problem = Assert.Single(Procfile.Parse("ok: run\nweb: a\0b").Problems);
        Assert.Equal(new Problem("Procfile", 2, ProblemSeverity.Warning, "the command of \"web\" holds a NUL character"), problem);
    }

    [Fact]
    public void Names_that_differ_in_case_are_two() =>
        Assert.Empty(Procfile.Parse("web: a\nWEB: b\nSystem: c").Problems);

    [Fact]
    public void A_long_line_is_shortened_in_the_message() =>
        Assert.EndsWith(
            $"found \"{new string('x', 60)}…\"", Procfile.Parse(new string('x', 5_000)).Problems[0].Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only a comment")]
    public void A_file_without_entries_is_a_problem_of_the_whole_file(string text)
    {
        var procfile = Procfile.Parse(text);
        Assert.Empty(procfile.Entries);
        Assert.Equal(
            "Procfile: no entries found; expected lines of the form \"name: command\"", Assert.Single(procfile.Problems).ToString());
    }

    [Fact]
    public void An_empty_file_is_a_problem_of_the_whole_file() =>
        Assert.Null(Assert.Single(Procfile.Parse(ReadOnlySpan<byte>.Empty).Problems).Line);

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE }, 1)]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', (byte)'\n', (byte)'b', 0xE9, (byte)'\n' }, 3)]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', 0xC3 }, 2)]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'\n', 0x80 }, 2)]
    public void A_file_that_is_not_utf_8_is_refused_with_the_line(byte[] bytes, int line)
    {
        var procfile = Procfile.Parse(bytes);
        Assert.Empty(procfile.Entries);
        Assert.Equal(new Problem("Procfile", line, ProblemSeverity.Warning, "not UTF-8 text; save the file as UTF-8"), Assert.Single(procfile.Problems));
    }

    [Fact]
    public void A_missing_file_is_an_exception_not_a_problem() =>
        Assert.Throws<FileNotFoundException>(() => Procfile.Load("/nonexistent/folder/Procfile"));
}
