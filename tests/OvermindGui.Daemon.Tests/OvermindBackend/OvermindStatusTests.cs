using OvermindGui.Daemon.OvermindBackend;

namespace OvermindGui.Daemon.Tests.OvermindBackend;

public class OvermindStatusTests
{
    [Fact]
    public void The_table_is_read_whatever_the_width_of_its_columns() => Assert.Equal(
        [
            new OvermindStatus("web", 13454, true),
            new OvermindStatus("a-very-long-name", 0, true),
            new OvermindStatus("worker", 13455, false),
        ],
        OvermindStatus.Parse(
            """
            PROCESS          PID       STATUS
            web              13454     running
            a-very-long-name 0         running
            worker           13455     dead

            """));

    [Fact]
    public void What_is_no_row_is_left_out() => Assert.Empty(OvermindStatus.Parse("something else\n\nPROCESS PID STATUS\n"));
}
