using OvermindGui.Core.Contracts;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Processes;

public sealed class ProcessPresentationTests
{
    [Theory]
    [InlineData(ProcessState.Running, null, "running", StateTone.Good, StateGroup.Running)]
    [InlineData(ProcessState.Starting, null, "starting", StateTone.Busy, StateGroup.Running)]
    [InlineData(ProcessState.Stopping, null, "stopping", StateTone.Busy, StateGroup.Running)]
    [InlineData(ProcessState.Stopped, null, "not started", StateTone.Calm, StateGroup.Stopped)]
    [InlineData(ProcessState.Exited, 0, "exited", StateTone.Calm, StateGroup.Stopped)]
    [InlineData(ProcessState.Dead, 3, "failed · exit 3", StateTone.Bad, StateGroup.Failed)]
    [InlineData(ProcessState.Dead, 137, "failed · SIGKILL", StateTone.Bad, StateGroup.Failed)]
    [InlineData(ProcessState.Dead, null, "failed", StateTone.Bad, StateGroup.Failed)]
    [InlineData(ProcessState.Broken, 143, "failed (rule)", StateTone.Bad, StateGroup.Failed)]
    [InlineData(ProcessState.Waiting, null, "waiting", StateTone.Waiting, StateGroup.Waiting)]
    [InlineData(ProcessState.CrashLoop, 1, "failed · exit 1", StateTone.Bad, StateGroup.Failed)]
    [InlineData(ProcessState.Unknown, null, "unknown", StateTone.Calm, StateGroup.Stopped)]
    public void Every_state_has_words_a_colour_and_a_group(ProcessState state, int? exitCode, string text, StateTone tone, StateGroup bucket)
    {
        var shown = ProcessPresentation.Of(Sample.Process("web", state, exitCode));
        Assert.Equal((text, tone, bucket), (shown.Text, shown.Tone, shown.Group));
    }

    [Fact]
    public void One_that_was_stopped_and_one_that_is_not_ready_have_words_of_their_own()
    {
        Assert.Equal("stopped", ProcessPresentation.Of(Sample.Process("web", ProcessState.Stopped, 143, startedAt: DateTimeOffset.UnixEpoch)).Text);
        Assert.Equal("not ready", ProcessPresentation.Of(Sample.Process("web") with { Ready = false }).Text);
        Assert.Equal("running", ProcessPresentation.Of(Sample.Process("web") with { Ready = true }).Text);
        var asking = ProcessPresentation.Of(Sample.Process("web") with { Ready = false, WaitingForInput = InputWait.Password });
        Assert.Equal(("waiting for input", StateTone.Waiting, StateGroup.Input), (asking.Text, asking.Tone, asking.Group));
        var restarts = ProcessPresentation.Of(Sample.Process("web", ProcessState.Waiting, 3) with { RestartAt = DateTimeOffset.UnixEpoch });
        Assert.Equal(("restarts · exit 3", StateGroup.Waiting), (restarts.Text, restarts.Group));
    }

    [Fact]
    public void Every_group_of_states_has_shapes_that_need_no_colour()
    {
        var shapes = Enum.GetValues<ProcessState>().Where(s => s != ProcessState.Stopping) // as starting
            .Select(state => ProcessPresentation.Of(Sample.Process("web", state, 1)).Icon);
        Assert.Distinct(shapes);
    }
}
