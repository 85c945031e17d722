using System.Diagnostics;
using System.Text;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Resources;

namespace OvermindGui.Core.Tests.Resources;

public class ProcessStatTests
{
    [Fact]
    public void A_name_may_hold_parentheses_and_spaces()
    {
        var text = "42 (a) S (1 b)) S 7 42 41 0 -1 4194560 300 200 0 0 11 22 3 4 20 0 5 0 9876 1000000 250 18446744073709551615 1 1";

        Assert.Equal(new ProcessStat(42, Parent: 7, Session: 41, Ticks: 40, Threads: 5, Birth: 9876, Pages: 250), ProcessStat.Parse(42, Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("42 (cut")]
    [InlineData("42 (cut) S 1 2 3")]
    public void A_text_that_is_cut_is_none(string text) => Assert.Null(ProcessStat.Parse(42, Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void This_process_is_read_as_the_kernel_shows_it()
    {
        var stat = new ProcFiles().Stat(Environment.ProcessId)!.Value;

        using var self = Process.GetCurrentProcess();
        Assert.InRange(stat.Pages * (double)Environment.SystemPageSize, self.WorkingSet64 / 2.0, self.WorkingSet64 * 2.0);
        Assert.Equal(ProcessEntry.Of(Environment.ProcessId)!.Value.Birth, stat.Birth);
    }
}
