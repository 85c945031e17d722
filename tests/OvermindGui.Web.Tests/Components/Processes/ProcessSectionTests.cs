using OvermindGui.Core.Contracts;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Processes;

public sealed class ProcessSectionTests
{
    [Fact]
    public void Instances_and_groups_stand_together_where_their_first_one_stands()
    {
        var sections = ProcessSection.Of(
        [
            Sample.Process("db") with { Group = "infra" }, Instance("web", "web"), Sample.Process("api"), Instance("web#2", "web"),
            Sample.Process("cache", ProcessState.Dead) with { Group = "infra" },
        ]);

        Assert.Equal(["infra: db cache", "web: web web#2", ": api"], sections.Select(s => $"{s.Title}: {string.Join(' ', s.Processes.Select(p => p.Name))}"));
        Assert.Equal("1 of 2", sections.First().UpText);
    }

    [Fact]
    public void A_group_that_is_named_as_an_entry_is_still_another_section()
    {
        var sections = ProcessSection.Of([Instance("web#1", "web"), Instance("web#2", "web"), Sample.Process("db") with { Group = "web" }]).ToList();
        Assert.Equal(["web", "web"], sections.Select(s => s.Title));
        Assert.Distinct(sections.Select(s => s.Key));
    }

    private static ProcessInfo Instance(string name, string entry) => Sample.Process(name) with { Entry = entry };
}
