using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Tests.Contracts;

/// <summary>Stored and printed names of states and commands, and the colours.</summary>
public class NamesTests
{
    [Fact]
    public void Every_state_comes_back_from_its_name() =>
        Assert.All(Enum.GetValues<ProcessState>(), state => Assert.Equal(state, ProcessStates.Parse(state.ToText())));

    [Fact]
    public void Every_command_comes_back_from_its_name() =>
        Assert.All(Enum.GetValues<CommandKind>(), kind => Assert.Equal(kind, CommandKinds.Parse(kind.ToText())));

    [Theory]
    [InlineData("")]
    [InlineData("RUNNING")]
    [InlineData("stop ")]
    public void Other_names_are_nothing_known(string name)
    {
        Assert.Equal(ProcessState.Unknown, ProcessStates.Parse(name));
        Assert.Null(CommandKinds.Parse(name));
    }

    [Theory]
    [InlineData("dead", 0, 0, ProcessState.Exited)]
    [InlineData("dead", 1, 0, ProcessState.Dead)]
    [InlineData("dead", null, 0, ProcessState.Dead)]
    [InlineData("restarting", 1, 2, ProcessState.Waiting)]
    [InlineData("restarting", 1, 3, ProcessState.CrashLoop)]
    [InlineData("stopped", 0, 0, ProcessState.Stopped)]
    public void Rows_of_older_versions_are_read_in_the_words_of_today(string stored, int? code, int crashes, ProcessState state) =>
        Assert.Equal(state, ProcessStates.Parse(stored, code is { } c ? new ExitStatus(c) : null, crashes));

    [Fact]
    public void Colours_of_ones_own_come_again_too()
    {
        Assert.Equal([130, 42, 130], Enumerable.Range(0, 3).Select(position => ProcessColors.ForPosition(position, [130, 42])));
        Assert.Equal(6, ProcessColors.ForPosition(0, []));
        Assert.Equal(3, ProcessColors.ForPosition(1, null));
    }

    [Fact]
    public void An_entry_keeps_its_colour_and_shares_it_with_its_instances()
    {
        var first = ProcessColors.ByEntry(["web#1", "web#2", "api", "system"]);
        Assert.Equal((0, 1), (first["web"], first["api"]));
        var later = ProcessColors.ByEntry(["web#1", "web#2", "api", "system", "web#3", "before-all", "web"]);
        Assert.Equal((0, 1, 2), (later["web"], later["api"], later["before-all"]));
    }

    [Fact]
    public void Twelve_colours_differ_and_then_come_again()
    {
        var colors = Enumerable.Range(0, 24).Select(ProcessColors.ForPosition).ToArray();
        Assert.Equal([6, 3, 2, 5, 4, 9, 10, 11, 12, 13, 14, 1], colors[..12]);
        Assert.Equal(colors[..12], colors[12..]);
    }
}
