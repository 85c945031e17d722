using OvermindGui.Core.Contracts;
using OvermindGui.Web.Components.Layout;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Layout;

public sealed class EventLogTests : DashboardContext
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 10, 41, 0, TimeSpan.Zero);

    private readonly List<ProjectEvent> _added = [];

    private EventLog Events
    {
        get
        {
            if (field is not null) return field;
            field = new EventLog(null!, TimeProvider.System);
            field.Added += _added.Add;
            return field;
        }
    }

    [Fact]
    public void A_process_that_fails_in_a_loop_is_one_event_that_counts()
    {
        Observe(Sample.Process("web"), Sample.Process("api"));
        for (var i = 1; i <= 12; i++)
        {
            Observe(Failed("web", 3, Start.AddSeconds(i * 20), i), Sample.Process("api"));
            Observe(Sample.Process("web"), Sample.Process("api"));
        }

        Observe(Failed("web", 3, Start.AddSeconds(300), 13), Failed("api", 1, Start.AddSeconds(300), 1));
        Assert.Equal(["api failed · exit 1", "web failed 13 times · exit 3"], Events.Newest.Select(e => e.Text));
        Assert.Equal((13, Start.AddSeconds(300)), (Events.Newest[1].Count, Events.Newest[1].Time));
        Assert.Single(_added, e => e is { Process: "web", IsFailure: true, Count: 1 }); // the one that is notified
    }

    [Fact]
    public void A_failure_of_another_kind_or_long_after_is_another_event()
    {
        Observe(Sample.Process("web"));
        Observe(Failed("web", 3, Start, 1));
        Observe(Failed("web", 4, Start.AddSeconds(20), 2));
        Observe(Failed("web", 4, Start.AddMinutes(10), 3));
        Observe(Sample.Process("web"));
        Assert.Equal(["web runs again", "web failed · exit 4", "web failed · exit 4", "web failed · exit 3"], Events.Newest.Select(e => e.Text));
    }

    private static ProcessInfo Failed(string name, int code, DateTimeOffset at, int crashes) =>
        Sample.Process(name, ProcessState.CrashLoop, code) with { EndedAt = at, Crashes = crashes };

    private void Observe(params ProcessInfo[] processes) => Events.Observe(Sample.Snapshot(processes));
}
