using OvermindGui.Core.Output;
using OvermindGui.Web.Components.Processes;

namespace OvermindGui.Web.Tests.Components.Processes;

public sealed class HiddenProcessesTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData(" , ,", "")]
    [InlineData("web", "web")]
    [InlineData("web,api", "api web")]
    [InlineData(" web , ,api,web", "api web")]
    public void The_address_is_read(string? query, string hidden) =>
        Assert.Equal(hidden, string.Join(' ', HiddenProcesses.Parse(query).Hidden.Order(StringComparer.Ordinal)));

    [Fact]
    public void Names_are_told_apart_by_case()
    {
        var filter = HiddenProcesses.Parse("web");
        Assert.False(filter.Shows("web"));
        Assert.True(filter.Shows("Web"));
    }

    [Fact]
    public void Nothing_hidden_is_nothing_in_the_address() => Assert.Null(HiddenProcesses.Format(ProcessFilter.Everything));

    [Fact]
    public void The_same_selection_is_always_the_same_address() =>
        Assert.Equal("Web,api,web", HiddenProcesses.Format(new ProcessFilter(new HashSet<string> { "web", "Web", "api" })));

    [Fact]
    public void Toggling_hides_and_shows()
    {
        var filter = ProcessFilter.Everything.Toggle("web").Toggle("api");
        Assert.Equal("api,web", HiddenProcesses.Format(filter));
        Assert.Equal("api", HiddenProcesses.Format(filter.Toggle("web")));
        Assert.Same(ProcessFilter.Everything, filter.Toggle("web").Toggle("api"));
    }

    [Fact]
    public void Toggling_leaves_the_filter_before_it_as_it_was()
    {
        var before = HiddenProcesses.Parse("web");
        before.Toggle("api");
        Assert.Equal("web", HiddenProcesses.Format(before));
    }
}
