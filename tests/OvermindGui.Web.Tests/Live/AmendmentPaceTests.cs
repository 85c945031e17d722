using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Live;

public sealed class AmendmentPaceTests
{
    private readonly ManualTime _time = new();
    private readonly AmendmentPace _pace;

    public AmendmentPaceTests() => _pace = new AmendmentPace(_time);

    [Fact]
    public void The_first_change_waits_for_nothing()
    {
        _pace.Hold([Sample.Line("10 %")]);
        Assert.Equal(["10 %"], Due());
    }

    [Fact]
    public void The_next_waits_until_its_time_and_is_then_the_newest()
    {
        _pace.Hold([Sample.Line("10 %")]);
        Due();
        _pace.Hold([Sample.Line("20 %")]);
        _time.Advance(AmendmentPace.Interval / 2);
        Assert.Empty(Due());
        Assert.True(_pace.HoldsAny);

        _pace.Hold([Sample.Line("30 %")]);
        _time.Advance(AmendmentPace.Interval / 2);
        Assert.Equal(["30 %"], Due());
        Assert.False(_pace.HoldsAny);
    }

    [Fact]
    public void Lines_go_together_and_in_order()
    {
        _pace.Hold([Sample.Line("nine", id: 9)]);
        _pace.Hold([Sample.Line("eight", id: 8), Sample.Line("ten", id: 10)]);
        Assert.Equal(["eight", "nine", "ten"], Due());
    }

    [Fact]
    public void A_look_without_changes_starts_no_wait()
    {
        Assert.Empty(Due());
        _pace.Hold([Sample.Line("10 %")]);
        Assert.Equal(["10 %"], Due());
    }

    private IEnumerable<string> Due() => _pace.TakeDue().Select(l => l.Content.Text);
}
