using Bunit;
using OvermindGui.Core.Contracts;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Processes;

public sealed class StatusChipTests : DashboardContext
{
    [Theory]
    [InlineData(ProcessState.Running, null, "running", "good")]
    [InlineData(ProcessState.Starting, null, "starting", "moving")]
    [InlineData(ProcessState.Stopping, null, "stopping", "moving")]
    [InlineData(ProcessState.Stopped, null, "not started", "calm")]
    [InlineData(ProcessState.Exited, 0, "exited", "calm")]
    [InlineData(ProcessState.Dead, 3, "failed · exit 3", "bad")]
    [InlineData(ProcessState.Dead, 137, "failed · SIGKILL", "bad")]
    [InlineData(ProcessState.Dead, null, "failed", "bad")]
    [InlineData(ProcessState.Broken, 143, "failed (rule)", "warn")]
    [InlineData(ProcessState.Waiting, null, "waiting", "waiting")]
    [InlineData(ProcessState.Unknown, null, "unknown", "calm")]
    public void It_says_the_state_in_words_and_repeats_it_in_colour(ProcessState state, int? exitCode, string text, string look)
    {
        var chip = Render<StatusChip>(p => p.Add(c => c.Process, Sample.Process("web", state, exitCode))).Find("[data-testid=status-web]");
        Assert.Equal(text, chip.TextContent.Trim());
        Assert.Equal($"chip {look}", chip.ClassName);
    }

    [Theory]
    [InlineData(ProcessState.Dead, 127, "exited with code 127 (command not found)")]
    [InlineData(ProcessState.Stopped, 143, "killed by SIGTERM (15)")]
    [InlineData(ProcessState.Running, null, null)]
    public void Its_title_tells_how_the_process_ended(ProcessState state, int? exitCode, string? title)
    {
        var chip = Render<StatusChip>(p => p.Add(c => c.Process, Sample.Process("web", state, exitCode))).Find(".chip");
        Assert.Equal(title, chip.GetAttribute("title"));
    }

    [Fact]
    public void Every_state_has_a_shape_that_needs_no_colour()
    {
        var shapes = Enum.GetValues<ProcessState>().Where(s => s != ProcessState.Stopping) // moves as starting does
            .Select(state => Render<StatusChip>(p => p.Add(c => c.Process, Sample.Process("web", state, 1))).Find("path").GetAttribute("d"));
        Assert.Distinct(shapes);
    }

    [Fact]
    public void A_crash_loop_and_one_that_is_not_ready_are_states_of_their_own()
    {
        var looping = Sample.Process("web", ProcessState.CrashLoop, 1) with { Crashes = 3 };
        var unready = Sample.Process("web") with { Ready = false };
        Assert.Equal([("failed (3rd time)", "chip bad"), ("not ready", "chip unready")], ((ProcessInfo[])[looping, unready]).Select(Seen));
        Assert.Distinct(((ProcessInfo[])[looping, looping with { State = ProcessState.Waiting, RestartAt = DateTimeOffset.UnixEpoch }, unready, unready with { Ready = true }]).Select(Shape));
    }

    private (string Text, string? Look) Seen(ProcessInfo process)
    {
        var chip = Render<StatusChip>(p => p.Add(c => c.Process, process)).Find(".chip");
        return (chip.TextContent.Trim(), chip.ClassName);
    }

    private string? Shape(ProcessInfo process) => Render<StatusChip>(p => p.Add(c => c.Process, process)).Find("path").GetAttribute("d");
}
