using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Tests.Contracts;

public sealed class ListeningPortTests
{
    [Fact]
    public void Ports_are_written_once_and_in_order_and_read_again()
    {
        ListeningPort[] ports = [new(5353, true), new(8080, false), new(80, false), new(80, false)];
        Assert.Equal("80 8080 5353/udp", ListeningPort.Text(ports));
        Assert.Equal([new(80, false), new(8080, false), new(5353, true)], ListeningPort.Parse("80 8080 5353/udp"));
        Assert.Null(ListeningPort.Text([]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x 70000 -1 /udp")]
    public void What_is_no_port_is_ignored(string? text) => Assert.Empty(ListeningPort.Parse(text));

    [Theory]
    [InlineData(null, 5000, null)]
    [InlineData("5000", 5000, null)]
    [InlineData("3000", 5000, "listens on 3000, not on 5000")]
    [InlineData("3000 5000", 5000, "listens on 3000 5000")]
    [InlineData("3000", null, "listens on 3000")]
    public void A_difference_from_the_plan_is_worth_a_word(string? listening, int? planned, string? words) => Assert.Equal(
        words, new ProcessInfo("web", 0, "serve", ProcessState.Running, 1, null, null, 0) { Port = planned, Listening = listening }.OtherPorts);
}
