using System.Globalization;
using System.Text;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Tests.Terminal;

/// <summary>
/// No output costs more than its length. Each case takes milliseconds of the processor, whatever else the machine does; the limit is far above
/// them, and far below what a cost that grows with the screen's contents would be.
/// </summary>
public class CostTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(LongRun.Choose(3, 10));
    private static readonly int Size = LongRun.Choose(250_000, 1_000_000);

    [Fact]
    public void Going_to_and_fro_between_two_long_and_gaudy_lines_costs_nothing_for_their_length()
    {
        var gaudy = string.Concat(Enumerable.Range(0, 12_000).Select(i => $"\e[{31 + i % 2}mx")) + "\n";
        AssertCheap(gaudy + gaudy + Repeated("\e[Ax\e[Bx", 10_000));
    }

    [Theory]
    [InlineData("\e[L")]
    [InlineData("\e[M")]
    [InlineData("x\e[50T")]
    [InlineData("x\eM")]
    [InlineData("\e[50S")]
    [InlineData("\n")]
    [InlineData("x\n\e[H\e[J")]
    [InlineData("x\n\e[J")]
    [InlineData("\e[2;9rx\n\e[r")]
    [InlineData("\e[?1049hx\e[?1049l")]
    [InlineData("\rlong and longer\e[99b\e[99b")]
    [InlineData("👩‍💻")]
    [InlineData("漢\e[99@")]
    [InlineData("\e[6n")]
    public void Much_of_anything_is_cheap(string output) => AssertCheap(Repeated(output, Size / Encoding.UTF8.GetByteCount(output)));

    private static string Repeated(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static void AssertCheap(string output)
    {
        var bytes = Encoding.UTF8.GetBytes(output);
        var assembler = new LineAssembler(TerminalSize.Default, (_, in _) => { }, _ => { });
        var started = OnProcessor();
        foreach (var chunk in bytes.Chunk(64 * 1024))
        {
            assembler.Feed(chunk);
            assembler.Flush();
        }

        assembler.Complete();
        Assert.InRange(OnProcessor() - started, TimeSpan.Zero, Limit);
    }

    // Of this thread: the first number of proc_pid_schedstat, in nanoseconds.
    private static TimeSpan OnProcessor() =>
        TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1000.0);
}
