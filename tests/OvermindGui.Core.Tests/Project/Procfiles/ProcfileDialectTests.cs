using System.Text;
using OvermindGui.Core.Project.Procfiles;

namespace OvermindGui.Core.Tests.Project.Procfiles;

/// <summary>What runs here although overmind passes over it, and the numbers that ports are counted by.</summary>
public class ProcfileDialectTests
{
    [Theory]
    [InlineData("web:run")]
    [InlineData("  web: run")]
    [InlineData("\tweb: run")]
    [InlineData("web : run")]
    [InlineData("\uFEFFweb: run")]
    public void An_entry_that_overmind_skips_runs_with_a_warning(string line)
    {
        var procfile = Procfile.Parse(Encoding.UTF8.GetBytes(line));
        Assert.Equal([new ProcfileEntry("web", "run", 1)], procfile.Entries);
        Assert.Empty(procfile.Problems);
        Assert.StartsWith("Procfile line 1: \"web\" runs here, but overmind skips ", Assert.Single(procfile.Warnings).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("web: run")]
    [InlineData("web:\trun")]
    [InlineData("web:   run  \r")]
    [InlineData("\uFEFF# a comment\nweb: run")]
    public void An_entry_that_overmind_runs_has_no_warning(string text) => Assert.Empty(Procfile.Parse(Encoding.UTF8.GetBytes(text)).Warnings);

    [Fact]
    public void Every_line_that_is_an_entry_counts_also_one_that_cannot_run()
    {
        var procfile = Procfile.Parse("# web: no\na: x\n\nnonsense\na: again\nsystem: x\nempty:\nn: \0\nb: x\n");
        Assert.Equal([("a", 0), ("b", 4)], procfile.Entries.Select(e => (e.Name, e.Index)));
    }

    [Fact]
    public void Ten_thousand_entries_are_read_in_their_order()
    {
        var procfile = Procfile.Parse(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"p{i}: run {i}\n")));
        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => new ProcfileEntry($"p{i}", $"run {i}", i + 1, i)), procfile.Entries);
    }

    [Fact]
    public void A_command_of_a_million_characters_is_kept()
    {
        var command = new string('x', 1_000_000);
        Assert.Equal(command, Assert.Single(Procfile.Parse($"web: {command}").Entries).Command);
    }

    [Fact]
    public void Ten_thousand_bad_lines_are_all_told()
    {
        var problems = Procfile.Parse("web: run\n" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"bad {i}\n"))).Problems;
        Assert.Equal(10_000, problems.Count);
        Assert.Equal("Procfile line 10001: expected \"name: command\", found \"bad 9999\"", problems[^1].ToString());
    }

    [Fact]
    public void Messages_hold_no_control_characters() =>
        Assert.All(
            Procfile.Parse("\e[2Jx: a\n\a\nweb: run").Problems,
            p => Assert.DoesNotContain(p.ToString(), char.IsControl));
}
