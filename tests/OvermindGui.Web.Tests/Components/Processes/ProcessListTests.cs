using Bunit;
using OvermindGui.Core.Output;
using OvermindGui.Core.Processes;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Processes;

public sealed class ProcessListTests : DashboardContext
{
    private static readonly SystemSnapshot Snapshot = Sample.Snapshot(Sample.Process("web"), Sample.Process("api", position: 1));

    private ProcessFilter? _chosen;

    [Fact]
    public void Processes_stand_in_Procfile_order_and_the_daemon_last() =>
        Assert.Equal(["process-web", "process-api", "process-system"], Boxes(RenderList("")).Select(b => b.TestId));

    [Fact]
    public void What_is_hidden_is_not_checked() =>
        Assert.Equal(
            [("process-web", "true"), ("process-api", "false"), ("process-system", "true")], Boxes(RenderList("api")));

    [Theory]
    [InlineData("", "process-api", "api")]
    [InlineData("api", "process-api", "")]
    [InlineData("api", "process-system", "api,system")]
    public void A_click_on_a_name_hides_or_shows_it(string hidden, string click, string then)
    {
        RenderList(hidden).Find($"[data-testid={click}]").Click();
        Assert.Equal(then, HiddenProcesses.Format(_chosen!) ?? "");
    }

    [Fact]
    public void All_shows_everything()
    {
        RenderList("web,api,gone-from-the-procfile").Find("[data-testid=show-all]").Click();
        Assert.True(_chosen!.IsEverything);
    }

    [Fact]
    public void None_hides_every_process_and_the_daemon()
    {
        RenderList("").Find("[data-testid=show-none]").Click();
        Assert.Equal("api,system,web", HiddenProcesses.Format(_chosen!));
    }

    [Fact]
    public void Before_the_first_snapshot_there_is_no_list() =>
        Assert.Empty(Render<ProcessList>(p => p.Add(l => l.Filter, ProcessFilter.Everything)).FindAll("li"));

    private IRenderedComponent<ProcessList> RenderList(string hidden) => Render<ProcessList>(p => p
        .Add(l => l.Snapshot, Snapshot)
        .Add(l => l.Filter, HiddenProcesses.Parse(hidden))
        .Add(l => l.FilterChanged, filter => _chosen = filter));

    private static IEnumerable<(string? TestId, string? Checked)> Boxes(IRenderedComponent<ProcessList> list) =>
        list.FindAll("[role=checkbox]").Select(b => (b.GetAttribute("data-testid"), b.GetAttribute("aria-checked")));
}
