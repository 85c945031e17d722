using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Project.Planning;

public sealed class PortTests : IDisposable
{
    private readonly PlanProject _project = new();

    [Fact]
    public void Ports_are_a_hundred_apart_and_those_of_instances_ten() =>
        Assert.Equal(
            [("web#1", 5000), ("web#2", 5010), ("web#3", 5020), ("worker", 5100), ("clock", 5200)],
            Ports(new PlanOptions { Formation = "web=3" }));

    [Fact]
    public void Lines_that_do_not_run_count_so_ports_are_stable()
    {
        _project.With("Procfile", "# first\nweb: x\nnonsense\nweb: again\nworker: y\nclock: z\n");
        Assert.Equal([("web", 5000), ("worker", 5200), ("clock", 5300)], Ports(new PlanOptions { Except = "web", Formation = "worker=0" }));
    }

    [Fact]
    public void The_base_is_the_flags_then_overmind_ports_then_ports()
    {
        Assert.Equal(5000, Base());
        Assert.Equal(4000, Base(".env", "PORT=4000"));
        _project.WithVariable("OVERMIND_PORT", "3000");
        Assert.Equal(3000, Base());
        Assert.Equal(2000, Base(".overmind.env", "OVERMIND_PORT=2000"));
        Assert.Equal(1000, _project.Load(new PlanOptions { BasePort = "1000" }).Process("web").Port);

        int? Base(string file = ".other", string text = "") => _project.With(file, text).Load().Process("web").Port;
    }

    [Theory]
    [InlineData(null, "7", 5014)]
    [InlineData("20", "7", 5040)]
    public void The_step_is_the_flags_then_the_variables(string? flag, string variable, int port) =>
        Assert.Equal(port, _project.WithVariable("OVERMIND_PORT_STEP", variable).Load(new PlanOptions { PortStep = flag }).Process("clock").Port);

    [Theory]
    [InlineData(true, null)]
    [InlineData(null, "1")]
    [InlineData(null, "true")]
    public void Ports_can_be_off(bool? flag, string? variable)
    {
        if (variable is not null) _project.WithVariable("OVERMIND_NO_PORT", variable);
        var web = _project.With(".env", "PORT=4000").Load(new PlanOptions { NoPort = flag }).Process("web");
        Assert.Null(web.Port);
        Assert.Equal(new PlannedVariable("4000", new SourceLocation(".env", 1)), web.Environment["PORT"]);
        Assert.DoesNotContain(web.Environment.Keys, k => k.StartsWith("OVERMIND_PROCESS_", StringComparison.Ordinal));
        Assert.Equal("web", web.Value("PS"));
    }

    [Fact]
    public void A_process_knows_its_name_its_port_and_those_of_all_others()
    {
        _project.With("Procfile", "web: x\nmy-api: y\nclock: z\n").With(".env", "PORT=5000\n");
        var second = _project.Load(new PlanOptions { Formation = "web=2", Except = "clock" }).Process("web#2");
        Assert.Equal(
            [
                "OVERMIND_PROCESS_clock_PORT=5200", "OVERMIND_PROCESS_my_api_PORT=5100", "OVERMIND_PROCESS_web_1_PORT=5000", "PORT=5010", "PS=web#2",
            ],
            second.Environment.Select(v => $"{v.Key}={v.Value.Value}").Order(StringComparer.Ordinal));
        Assert.All(second.Environment.Values, v => Assert.Equal("Overmind GUI", v.Origin.ToString()));
    }

    [Fact]
    public void A_port_that_is_too_high_is_reported_with_the_process()
    {
        var plan = _project.Load(new PlanOptions { BasePort = "65400" });
        Assert.Equal(
            "Procfile line 3: the port of \"clock\" would be 65600; expected at most 65535: lower --base-port or --port-step, or --no-port",
            Assert.Single(plan.Errors()));
        Assert.Equal([65400, 65500, null], plan.Processes.Select(p => p.Port));
    }

    [Fact]
    public void Ten_thousand_entries_share_what_they_know_of_each_other()
    {
        _project.With("Procfile", string.Concat(Enumerable.Range(0, 10_000).Select(i => $"p{i}: run\n")));
        var plan = _project.Load(new PlanOptions { PortStep = "1" });
        Assert.Empty(plan.Problems);
        Assert.Equal("14999", plan.Process("p0").Value("OVERMIND_PROCESS_p9999_PORT"));
        Assert.Equal(10_001, plan.Process("p9999").Environment.Count);
    }

    public void Dispose() => _project.Dispose();

    private IEnumerable<(string, int?)> Ports(PlanOptions options) => _project.Load(options).Processes.Select(p => (p.Name, p.Port));
}
