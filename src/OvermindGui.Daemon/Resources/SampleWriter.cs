using System.Globalization;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Resources;

/// <summary>
/// Stores measurements. A pass that found nothing new waits: the next row stands for it as well, after 30 s at the latest. So a quiet project commits
/// nothing, and wakes no reader of the database. Not thread-safe.
/// </summary>
internal sealed class SampleWriter(WriteQueue queue)
{
    private const double SameMemory = 0.01; // a share of shared pages changes with programs that are none of ours

    private const string Insert =
        """
        INSERT INTO resource_samples(
          process_id, run_id, time, span, cpu, cpu_peak, memory, memory_peak, threads, open_files, disk_read, disk_written, children)
        SELECT value->>0, value->>1, $2, $3, value->>2, value->>2, value->>3, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8
        FROM json_each($1)
        """;

    private IReadOnlyList<ProcessMeasurement> _stored = [];
    private IReadOnlyList<ProcessMeasurement> _waiting = [];
    private double _at;
    private int _span;

    /// <summary>Stores a pass now, or later together with the ones that follow.</summary>
    /// <param name="at">Unix seconds.</param>
    /// <param name="span">Seconds since the pass before.</param>
    public void Take(IReadOnlyList<ProcessMeasurement> pass, double at, int span)
    {
        var isNew = !AreAlike(pass, _stored);
        if (isNew || _span + span > ResourceSample.LongestMeasurement) Store();
        (_waiting, _at, _span) = (pass, at, _span + span);
        if (isNew || _span == ResourceSample.LongestMeasurement) Store();
    }

    private void Store()
    {
        if (_span == 0) return;
        // One transaction, and none to wake a disk for.
        if (_waiting.Count > 0) queue.Enqueue(new RowChange(Insert, $"[{string.Join(',', _waiting.Select(Json))}]", _at, _span) { CanWait = true });
        (_stored, _waiting, _span) = (_waiting, [], 0);
    }

    private static bool AreAlike(IReadOnlyList<ProcessMeasurement> some, IReadOnlyList<ProcessMeasurement> others) =>
        some.Count == others.Count && some.Zip(others).All(pair => AreAlike(pair.First, pair.Second));

    private static bool AreAlike(ProcessMeasurement one, ProcessMeasurement other) =>
        one.Process.Run == other.Process.Run && Math.Abs(one.Memory - other.Memory) <= other.Memory * SameMemory
        && (Math.Round(one.Cpu, 2), one.Threads, one.OpenFiles, Math.Round(one.DiskRead), Math.Round(one.DiskWritten), one.Children)
        == (Math.Round(other.Cpu, 2), other.Threads, other.OpenFiles, Math.Round(other.DiskRead), Math.Round(other.DiskWritten), other.Children);

    private static string Json(ProcessMeasurement of) => string.Create(
        CultureInfo.InvariantCulture,
        $"[{of.Process.Run.ProcessId},{of.Process.Run.RunId},{of.Cpu:0.##},{of.Memory},{of.Threads},{of.OpenFiles},{of.DiskRead:0},{of.DiskWritten:0},{of.Children}]");
}
