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
    [InlineData(ProcessState.Dead, 0, "exited")]
    [InlineData(ProcessState.Dead, 1, "dead")]
    [InlineData(ProcessState.Dead, null, "dead")]
    [InlineData(ProcessState.Stopped, 0, "stopped")]
    public void An_end_by_itself_with_code_0_is_no_death(ProcessState state, int? code, string text) =>
        Assert.Equal(text, new ProcessInfo("web", 0, "x", state, null, null, code is { } c ? new ExitStatus(c) : null, 0).StateText);

    [Fact]
    public void Colours_of_ones_own_come_again_too()
    {
        Assert.Equal([130, 42, 130], Enumerable.Range(0, 3).Select(position => ProcessColors.ForPosition(position, [130, 42])));
        Assert.Equal(6, ProcessColors.ForPosition(0, []));
        Assert.Equal(3, ProcessColors.ForPosition(1, null));
    }

    [Fact]
    public void Twelve_colours_differ_and_then_come_again()
    {
        var colors = Enumerable.Range(0, 24).Select(ProcessColors.ForPosition).ToArray();
        Assert.Equal([6, 3, 2, 5, 4, 9, 10, 11, 12, 13, 14, 1], colors[..12]);
        Assert.Equal(colors[..12], colors[12..]);
    }
}
