using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Tests.Contracts;

/// <summary>One vocabulary: what is stored, what the page says, and what it counts as.</summary>
public class StateWordsTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    public static TheoryData<ProcessInfo, string, string, StateBucket> Vocabulary => new()
    {
        { Process(ProcessState.Starting), "starting", "starting", StateBucket.Running },
        { Process(ProcessState.Running) with { Ready = false }, "running", "not ready", StateBucket.Running },
        { Process(ProcessState.Running) with { Ready = true }, "running", "running", StateBucket.Running },
        { Process(ProcessState.Stopping), "stopping", "stopping", StateBucket.Running },
        { Process(ProcessState.Waiting) with { Reason = "waiting for db to be ready" }, "waiting", "waiting for db to be ready", StateBucket.Stopped },
        { Process(ProcessState.Waiting, 1) with { RestartAt = Now.AddSeconds(3.2) }, "waiting", "restarts in 4 s", StateBucket.Stopped },
        { Process(ProcessState.Stopped, 143), "stopped", "stopped", StateBucket.Stopped },
        { Process(ProcessState.Stopped) with { StartedAt = null }, "stopped", "not started", StateBucket.Stopped },
        { Process(ProcessState.Exited, 0), "exited", "exited", StateBucket.Stopped },
        { Process(ProcessState.Dead, 3) with { EndedAt = Now.AddSeconds(-130) }, "dead", "failed · exit 3 · 2 min ago", StateBucket.Dead },
        { Process(ProcessState.Dead, 137), "dead", "failed · SIGKILL", StateBucket.Dead },
        { Process(ProcessState.Dead), "dead", "failed", StateBucket.Dead },
        {
            Process(ProcessState.CrashLoop, 1) with { Crashes = 3, RestartAt = Now.AddSeconds(4) },
            "crash loop", "failed, restarts in 4 s (3rd time) · exit 1", StateBucket.Dead
        },
        { Process(ProcessState.Broken, 143), "broken", "failed (rule)", StateBucket.Broken },
        { Process(ProcessState.Broken, 143) with { RestartAt = Now.AddSeconds(1) }, "broken", "failed (rule) · restarts in 1 s", StateBucket.Broken },
        { Process(ProcessState.Unknown), "unknown", "unknown", StateBucket.Stopped },
    };

    [Theory]
    [MemberData(nameof(Vocabulary))]
    public void Every_state_has_a_stored_value_a_word_on_the_page_and_a_bucket(
        ProcessInfo process, string stored, string page, StateBucket bucket)
    {
        Assert.Equal(stored, process.State.ToText());
        Assert.Equal(page, StateWords.Of(process, Now).ToString());
        Assert.Equal(bucket, process.State.Bucket());
    }

    [Fact]
    public void No_state_is_left_out() =>
        Assert.Equal(Enum.GetValues<ProcessState>(), Vocabulary.Select(row => row.Data.Item1.State).Distinct().Order());

    [Theory]
    [InlineData(1, "1st")]
    [InlineData(2, "2nd")]
    [InlineData(3, "3rd")]
    [InlineData(4, "4th")]
    [InlineData(11, "11th")]
    [InlineData(12, "12th")]
    [InlineData(13, "13th")]
    [InlineData(21, "21st")]
    [InlineData(112, "112th")]
    public void Counts_are_ordinals(int number, string text) => Assert.Equal(text, StateWords.Ordinal(number));

    [Theory]
    [InlineData(0.4, "just now")]
    [InlineData(12, "12 s ago")]
    [InlineData(3_700, "1 h ago")]
    [InlineData(200_000, "2 d ago")]
    public void Times_are_in_one_unit(double seconds, string text) => Assert.Equal(text, StateWords.Ago(TimeSpan.FromSeconds(seconds)));

    private static ProcessInfo Process(ProcessState state, int? code = null) =>
        new("web", 0, "run web", state, null, Now.AddMinutes(-5), code is { } c ? new ExitStatus(c) : null, 0);
}
