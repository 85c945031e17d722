using System.Text;
using OvermindGui.Core.Terminal;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

/// <summary>Alone, because what is measured is the memory of the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class MemoryMeasurement
{
    public const string Name = "Measures memory";
}

[Collection(MemoryMeasurement.Name)]
public class LiveWindowMemoryTests
{
    [Fact]
    public void Long_and_gaudy_lines_leave_the_window_sooner()
    {
        var received = new ReceivedLines();
        var assembler = new LineAssembler(TerminalSize.Default, received.Receive);
        var gaudy = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"\e[{31 + i % 7}mx")) + "\n");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 300; i++)
        {
            assembler.Feed(gaudy);
            received.Lines[^1] = StyledLine.Plain("");
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 8 * 1024 * 1024);
        GC.KeepAlive(assembler);
    }
}
