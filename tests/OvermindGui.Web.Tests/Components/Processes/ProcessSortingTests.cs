using OvermindGui.Core.Contracts;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Processes;

public sealed class ProcessSortingTests
{
    private static readonly ProcessInfo[] Processes =
    [
        Sample.Process("web"), Sample.Process("Api", ProcessState.Stopped), Sample.Process("db", ProcessState.Dead, 3), Sample.Process("cache", ProcessState.Waiting),
    ];

    [Theory]
    [InlineData(ProcessOrder.Procfile, "web Api db cache")]
    [InlineData(ProcessOrder.Name, "Api cache db web")]
    [InlineData(ProcessOrder.State, "db cache web Api")]
    public void Processes_stand_as_chosen(ProcessOrder order, string names) =>
        Assert.Equal(names, string.Join(' ', new ProcessSorting().Sort(Processes, order).Select(p => p.Name)));

    [Fact]
    public void What_printed_last_stands_first_and_the_others_keep_their_order()
    {
        var sorting = new ProcessSorting();
        sorting.Observe(Processes);
        sorting.Observe([.. Processes.Select(p => p.Name == "db" ? p with { LineCount = 5 } : p)]);
        Assert.Equal("db web Api cache", string.Join(' ', sorting.Sort(Processes, ProcessOrder.Activity).Select(p => p.Name)));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("WEB", true)]
    [InlineData("back web", true)]
    [InlineData(":5100", true)]
    [InlineData("run", true)]
    [InlineData("web front", false)]
    public void Every_word_of_a_filter_has_to_be_in_what_is_known_of_a_process(string filter, bool found) =>
        Assert.Equal(found, ProcessSorting.Matches(Sample.Process("web") with { Group = "backend", Port = 5100 }, filter));
}
