using Bunit;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Components.Resources;
using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Resources;

public sealed class ResourcesTabTests : DashboardContext
{
    [Fact]
    public void Curves_have_a_summary_for_screen_readers_and_the_values_as_a_table()
    {
        Store(20);

        var tab = Show();

        tab.WaitForAssertion(() => Assert.NotEmpty(tab.FindAll("svg path.value")));
        var charts = tab.FindAll("figure svg");
        Assert.Equal(4, charts.Count);
        Assert.StartsWith("CPU, of one core: last 5 %, at most 19 %", charts[0].GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.All(charts, chart => Assert.Equal("img", chart.GetAttribute("role")));
        tab.Find("[data-testid=resources-table-toggle]").Click();
        tab.WaitForAssertion(() => Assert.Equal(20, tab.FindAll("[data-testid=resources-table] tbody tr").Count));
        Assert.Contains("100 MB", tab.Find("[data-testid=resources-table] tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_samples_the_tab_says_so()
    {
        Store(0);

        var tab = Show();

        tab.WaitForAssertion(() => Assert.StartsWith("Nothing was measured", tab.Find("[data-testid=resources-none]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void A_drag_on_the_time_axis_leads_to_the_line_of_that_time()
    {
        Store(20);
        var process = Process();
        var panel = Render<ProcessPanel>(p => p.Add(x => x.Name, process.Name).Add(x => x.Tab, "resources").Add(x => x.Snapshot, new SystemReader(OvermindDatabase.In(Project.Folder)).Read()));
        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll("[data-testid=resources-jump]")));

        panel.Find("[data-testid=resources-jump]").Change("1000");

        panel.WaitForAssertion(() => Assert.Contains("line=", Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().Uri, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(7, false, 10)]
    [InlineData(130, false, 200)]
    [InlineData(100 << 20, true, 128 << 20)]
    public void The_upper_edge_is_a_round_number(double value, bool isBytes, double edge) => Assert.Equal(edge, TimeChart.RoundUp(value, isBytes));

    [Fact]
    public void A_gap_in_the_samples_is_a_gap_in_the_curve()
    {
        var axis = new TimeChart(0, 100, 10);

        var path = axis.Path([new(10, 5, 5, 1), new(15, 5, 5, 1), new(60, 5, 5, 1), new(65, 5, 5, 2), new(70, 5, 5, 2)]);

        Assert.Equal(3, path.Count(c => c == 'M'));
    }

    private IRenderedComponent<ResourcesTab> Show()
    {
        var process = Process();
        var source = new ProjectResources(OvermindDatabase.In(Project.Folder), Services.GetRequiredService<ResourceFeed>(), TimeProvider.System, process.Name);
        return Render<ResourcesTab>(p => p.Add(t => t.Source, source).Add(t => t.StartedAt, process.StartedAt));
    }

    private ProcessInfo Process() => new SystemReader(OvermindDatabase.In(Project.Folder)).Read().Processes.Single();

    private void Store(int samples)
    {
        Project.WithDatabase().WithLivingDaemon().WithProcess("web").Append("web", "one");
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
        using var context = Project.Owner.CreateDbContext();
        context.Statuses.Single().StartedAt = now - 600;
        var web = context.KnownProcesses.Single(p => p.Name == "web").Id;
        context.AddRange(Enumerable.Range(1, samples).Select(i => new ResourceSample
        {
            ProcessId = web,
            RunId = 1,
            Time = now - 5 * (samples - i) - 1,
            Span = 5,
            Cpu = i == samples ? 5 : i,
            CpuPeak = i == samples ? 5 : i,
            Memory = 100 << 20,
            MemoryPeak = 100 << 20,
            Threads = 2,
            OpenFiles = 3,
            DiskRead = 0,
            DiskWritten = 10,
            Children = 1,
        }));
        context.SaveChanges();
    }
}
