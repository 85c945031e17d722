using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Project.Planning;

public sealed class PlanSettingsTests : IDisposable
{
    private readonly PlanProject _project = new();

    [Fact]
    public void Every_bad_value_is_reported_at_once_with_its_place()
    {
        _project
            .WithVariable("OVERMIND_NO_PORT", "perhaps").WithVariable("OVERMIND_COLORS", "2,256,red")
            .With(".overmind.env", "OVERMIND_PORT=70000\n\nOVERMIND_TIMEOUT=soon\n").With(".env", "OVERMIND_STOP_SIGNALS=web=HUP\n");
        Assert.Equal(
            [
                "OVERMIND_PORT (.overmind.env line 1): \"70000\" is refused; expected a number from 0 to 65535",
                "--port-step: \"x\" is refused; expected a number from 0 to 65535",
                "OVERMIND_NO_PORT: \"perhaps\" is refused; expected true or false",
                "--formation: \"web=many\" is refused; expected a number of instances, 0 or more",
                "OVERMIND_STOP_SIGNALS (.env line 1): \"web=HUP\" is refused; expected \"web=TERM\" with one of "
                + "ABRT, INT, KILL, QUIT, STOP, TERM, USR1, USR2",
                "OVERMIND_TIMEOUT (.overmind.env line 3): \"soon\" is refused; expected seconds from 0 to 86400",
                "OVERMIND_COLORS: \"256\" is refused; expected xterm colours from 0 to 255, such as \"2,3,130\"",
                "OVERMIND_COLORS: \"red\" is refused; expected xterm colours from 0 to 255, such as \"2,3,130\"",
            ],
            _project.Load(new PlanOptions { PortStep = "x", Formation = "web=many" }).Errors());
    }

    [Fact]
    public void A_flag_beats_a_file_and_a_file_beats_the_environment()
    {
        _project.WithVariable("OVERMIND_SHELL", "sh").WithVariable("OVERMIND_COLORS", "1");
        Assert.Equal("sh", _project.Load().Process("web").Shell);
        Assert.Equal("bash", _project.With(".env", "OVERMIND_SHELL=bash").Load().Process("web").Shell);
        Assert.Equal("zsh", _project.Load(new PlanOptions { Shell = "zsh" }).Process("web").Shell);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1,000")]
    [InlineData("86401")]
    [InlineData("NaN")]
    [InlineData("5s")]
    [InlineData("")]
    public void A_timeout_that_is_no_number_of_seconds_is_refused(string timeout) =>
        Assert.Equal(
            [$"--timeout: \"{timeout}\" is refused; expected seconds from 0 to 86400"], _project.Load(new PlanOptions { Timeout = timeout }).Errors());

    [Fact]
    public void A_variable_that_is_empty_counts_as_not_set()
    {
        var plan = _project.WithVariable("OVERMIND_PORT", "").WithVariable("PORT", "4000").WithVariable("OVERMIND_PROCESSES", "").Load();
        Assert.Equal(4000, plan.Process("web").Port);
        Assert.Equal(3, plan.Starting().Length);
    }

    [Fact]
    public void A_flag_can_take_back_a_variable() =>
        Assert.Equal(5000, _project.WithVariable("OVERMIND_NO_PORT", "1").Load(new PlanOptions { NoPort = false }).Process("web").Port);

    [Fact]
    public void Defaults_stand_without_any_option()
    {
        var plan = _project.Load();
        Assert.Equal("/bin/sh", plan.Process("web").Shell);
        Assert.Null(plan.Colors);
        Assert.False(plan.Settings.ShowTimestamps);
        Assert.Equal(_project.Folder.Procfile, plan.Procfile);
    }

    [Fact]
    public void Colors_and_timestamps_are_overminds()
    {
        var plan = _project.WithVariable("OVERMIND_COLORS", "2, 3,130").WithVariable("OVERMIND_SHOW_TIMESTAMPS", "1").Load();
        Assert.Equal([2, 3, 130], plan.Colors!);
        Assert.True(plan.Settings.ShowTimestamps);
    }

    public void Dispose() => _project.Dispose();
}
