using OvermindGui.Daemon.Launching;

namespace OvermindGui.Daemon.Tests.Supervision;

public class ChildEnvironmentTests
{
    [Fact]
    public void Programs_are_asked_to_print_in_colour()
    {
        var environment = ChildEnvironment.From(_ => null);

        foreach (var variables in new[] { environment.OnTerminal, environment.OverPipes })
        {
            Assert.Equal("1", variables["FORCE_COLOR"]);
            Assert.Equal("1", variables["CLICOLOR_FORCE"]);
            Assert.Equal("xterm-256color", variables["TERM"]);
            Assert.Equal("truecolor", variables["COLORTERM"]);
        }
    }

    [Fact]
    public void What_the_user_set_is_kept()
    {
        var environment = ChildEnvironment.From(name => name is "TERM" or "PYTHONUNBUFFERED" ? "mine" : null);

        Assert.DoesNotContain("TERM", environment.OnTerminal);
        Assert.DoesNotContain("PYTHONUNBUFFERED", environment.OverPipes);
        Assert.Contains("FORCE_COLOR", environment.OnTerminal);
    }

    [Theory]
    [InlineData("1", false)]
    [InlineData("", true)]
    public void No_color_wins_when_it_is_not_empty(string value, bool colour)
    {
        var environment = ChildEnvironment.From(name => name == "NO_COLOR" ? value : null);

        Assert.Equal(colour, environment.OnTerminal.ContainsKey("FORCE_COLOR"));
        Assert.Equal(colour, environment.OverPipes.ContainsKey("TERM"));
    }

    [Fact]
    public void Python_is_asked_not_to_buffer_where_it_would()
    {
        var environment = ChildEnvironment.From(_ => null);

        Assert.Equal("1", environment.OverPipes["PYTHONUNBUFFERED"]);
        Assert.DoesNotContain("PYTHONUNBUFFERED", environment.OnTerminal);
    }

    [Fact]
    public void On_a_terminal_no_variable_contradicts_its_size()
    {
        var environment = ChildEnvironment.From(name => name is "COLUMNS" or "LINES" ? "7" : null);

        Assert.Null(environment.OnTerminal["COLUMNS"]);
        Assert.Null(environment.OnTerminal["LINES"]);
        Assert.DoesNotContain("COLUMNS", environment.OverPipes);
    }
}
