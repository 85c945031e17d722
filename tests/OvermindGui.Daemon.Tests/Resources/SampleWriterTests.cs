using System.Text.Json;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Resources;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.Tests.Resources;

public class SampleWriterTests
{
    private readonly WriteQueue _queue = new();
    private readonly SampleWriter _writer;
    private double _now;

    public SampleWriterTests() => _writer = new SampleWriter(_queue);

    [Fact]
    public void What_does_not_change_is_stored_every_thirty_seconds_and_the_row_stands_for_all_of_them()
    {
        for (var pass = 0; pass < 13; pass++) Measure(5, cpu: 0, memory: 1_000_000);

        Assert.Equal([(5, 5, 0.0), (35, 30, 0.0), (65, 30, 0.0)], Stored());
    }

    [Fact]
    public void A_change_is_stored_at_once_and_before_it_what_was_alike()
    {
        Measure(5, cpu: 0, memory: 1_000_000);
        Measure(5, cpu: 0, memory: 1_000_000);
        Measure(5, cpu: 0, memory: 1_005_000); // the same, by and large
        Measure(5, cpu: 3.5, memory: 1_000_000);
        Measure(5, cpu: 3.51, memory: 1_000_000);

        Assert.Equal([(5, 5, 0.0), (15, 10, 0.0), (20, 5, 3.5), (25, 5, 3.51)], Stored());
    }

    [Fact]
    public void A_slow_creep_of_memory_is_a_change_once_it_is_a_hundredth()
    {
        foreach (var memory in (long[])[1_000_000, 1_004_000, 1_008_000, 1_012_000]) Measure(5, cpu: 0, memory);

        Assert.Equal([5, 15, 20], Stored().Select(s => s.At));
    }

    [Fact]
    public void A_row_never_stands_for_more_than_thirty_seconds()
    {
        Measure(5, cpu: 0, memory: 1_000_000);
        Measure(5, cpu: 0, memory: 1_000_000);
        Measure(30, cpu: 0, memory: 1_000_000);

        Assert.Equal([(5, 5, 0.0), (10, 5, 0.0), (40, 30, 0.0)], Stored());
    }

    [Fact]
    public void A_process_that_has_ended_is_stored_up_to_its_end()
    {
        Measure(5, cpu: 0, memory: 1_000_000);
        Measure(5, cpu: 0, memory: 1_000_000);
        _writer.Take([], _now += 5, 5);

        Assert.Equal([(5, 5, 0.0), (10, 5, 0.0)], Stored());
    }

    private void Measure(int span, double cpu, long memory) => _writer.Take(
        [new ProcessMeasurement(new RunningProcess("web", "web", new RunIdentity(1, 1), 100, 0), span, cpu, memory, 1, 3, 0, 0, 0)], _now += span, span);

    private List<(int At, int Span, double Cpu)> Stored()
    {
        List<(int, int, double)> stored = [];
        while (_queue.Reader.TryRead(out var item))
        {
            var change = Assert.IsType<RowChange>(item);
            using var rows = JsonDocument.Parse((string)change.Parameters[0]!);
            stored.Add(((int)(double)change.Parameters[1]!, (int)change.Parameters[2]!, Assert.Single(rows.RootElement.EnumerateArray())[2].GetDouble()));
        }

        return stored;
    }
}
