using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Tests.Project.Planning;

public class StartOrderTests
{
    [Fact]
    public void A_process_without_dependencies_starts_at_once() => Assert.Empty(StartOrder.Of([Process("web")]).WaitsOf("web"));

    [Fact]
    public void All_instances_of_an_entry_are_waited_for()
    {
        var order = StartOrder.Of([Process("web", on: "db"), Process("db#1") with { Entry = "db" }, Process("db#2") with { Entry = "db" }]);
        Assert.Equal([("db#1", DependencyCondition.Ready), ("db#2", DependencyCondition.Ready)], Waits(order, "web"));
    }

    [Fact]
    public void Those_that_have_to_wait_are_listed_through_others_nearest_first()
    {
        var order = StartOrder.Of([Process("page", "web"), Process("web", "api", "db"), Process("api", "db"), Process("db"), Process("log")]);
        Assert.Equal(["web", "api", "page"], order.DependentsOf("db"));
        Assert.Equal(["page"], order.DependentsOf("web"));
        Assert.Empty(order.DependentsOf("log"));
    }

    [Fact]
    public void What_is_left_out_is_not_waited_for_and_that_is_reported()
    {
        var order = StartOrder.Of([Process("web", "db", "api"), Process("api"), Process("db") with { NotStartedReason = "not chosen" }]);
        Assert.Equal([("api", DependencyCondition.Ready)], Waits(order, "web"));
        Assert.Equal(["web does not wait for db, which is left out"], order.Notices);
    }

    [Fact]
    public void One_that_is_left_out_itself_waits_when_it_is_started_later()
    {
        var order = StartOrder.Of([Process("web", "db") with { NotStartedReason = "not chosen" }, Process("db")]);
        Assert.Equal([("db", DependencyCondition.Ready)], Waits(order, "web"));
        Assert.Empty(order.Notices);
    }

    private static IEnumerable<(string, DependencyCondition)> Waits(StartOrder order, string name) =>
        order.WaitsOf(name).Select(w => (w.For.Name, w.Until));

    private static PlannedProcess Process(string name, params string[] on) => new()
    {
        Name = name,
        Entry = name,
        Line = 1,
        Command = "run",
        WorkingDirectory = "/",
        Environment = new Dictionary<string, PlannedVariable>(),
        DependsOn = [.. on.Select(o => new Dependency(o, DependencyCondition.Ready))],
    };
}
