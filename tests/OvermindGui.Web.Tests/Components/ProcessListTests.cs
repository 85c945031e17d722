using Bunit;
using OvermindGui.Core.Output;
using OvermindGui.Core.Processes;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components;

public sealed class ProcessListTests : DashboardContext
{
    private ProcessFilter _filter = ProcessFilter.Everything;

    [Fact]
    public void Processes_stand_in_order_and_the_daemons_messages_last()
    {
        var names = List().FindAll("[data-testid^=process-]").Select(e => e.GetAttribute("data-testid"));
        Assert.Equal(["process-web", "process-api", "process-system"], names);
    }

    [Fact]
    public void None_hides_all_and_All_shows_all()
    {
        List().Find(Id("show-none")).Click();
        Assert.Equal(["api", "system", "web"], _filter.Hidden.Order());
        List().Find(Id("show-all")).Click();
        Assert.True(_filter.IsEverything);
    }

    [Fact]
    public void A_click_hides_one()
    {
        List().Find(Id("process-api")).Click();
        Assert.Equal(["api"], _filter.Hidden);
        Assert.Equal("false", List().Find(Id("process-api")).GetAttribute("aria-checked"));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData(" web , api,,", "api,web")]
    public void The_selection_survives_in_the_address(string? query, string? formatted) =>
        Assert.Equal(formatted, HiddenProcesses.Format(HiddenProcesses.Parse(query)));

    private IRenderedComponent<ProcessList> List() => Render<ProcessList>(p => p
        .Add(l => l.Snapshot, SystemSnapshot.Empty with { Processes = [Info("web", ProcessState.Running), Info("api", ProcessState.Dead, 1, 1)] })
        .Add(l => l.Filter, _filter)
        .Add(l => l.FilterChanged, f => _filter = f));
}
