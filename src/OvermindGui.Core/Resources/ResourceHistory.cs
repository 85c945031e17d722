using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Resources;

/// <summary>What a run used during a span of time.</summary>
/// <param name="Time">End of the span.</param>
/// <param name="Cpu">Percent of one core.</param>
/// <param name="Memory">Bytes.</param>
/// <param name="DiskRead">Bytes per second.</param>
/// <param name="DiskWritten">Bytes per second.</param>
/// <param name="Children">Number of processes besides the leader.</param>
public sealed record ResourcePoint(
    DateTimeOffset Time, int Span, long Run, double Cpu, double CpuPeak, long Memory, long MemoryPeak, int Threads, int OpenFiles, double DiskRead,
    double DiskWritten, int Children);

/// <summary>Reads the stored samples.</summary>
public sealed class ResourceHistory(OvermindDatabase database)
{
    // A measurement older than this says nothing of now: the daemon takes one every 30 s.
    private const double LongestAge = 75;

    /// <summary>The newest measurement of each process whose run it is from still goes on. Reads without EF Core, for the command line.</summary>
    public IReadOnlyDictionary<string, ResourcePoint> Latest(TimeProvider time)
    {
        if (!database.IsReady()) return new Dictionary<string, ResourcePoint>();
        using var connection = database.OpenConnection();
        if (!HasSamples(connection)) return new Dictionary<string, ResourcePoint>();
        return connection.Query(
            """
            SELECT s.process_name, r.time, r.span, r.run_id, r.cpu, r.cpu_peak, r.memory, r.memory_peak, r.threads, r.open_files, r.disk_read, r.disk_written,
              r.children
            FROM resource_samples r JOIN process_status s ON s.run_id = r.run_id AND s.pid IS NOT NULL
            WHERE r.id IN (SELECT max(id) FROM resource_samples WHERE span < 60 AND time > $1 GROUP BY run_id)
            """,
            row => (Name: row.GetString(0), Point: new ResourcePoint(
                UnixTime.FromSeconds(row.GetDouble(1)), row.GetInt32(2), row.GetInt64(3), row.GetDouble(4), row.GetDouble(5), row.GetInt64(6), row.GetInt64(7),
                row.GetInt32(8), row.GetInt32(9), row.GetDouble(10), row.GetDouble(11), row.GetInt32(12))),
            time.Seconds() - LongestAge).ToDictionary(r => r.Name, r => r.Point);
    }

    /// <summary>The samples of a process within a time, oldest first, at most <paramref name="most"/>: neighbours are averaged.</summary>
    public IReadOnlyList<ResourcePoint> Of(string process, DateTimeOffset since, DateTimeOffset until, int most)
    {
        if (!database.IsReady() || !HasSamples()) return [];
        var (from, to) = (Seconds(since), Seconds(until));
        using var context = database.CreateDbContext();
        var samples = context.ResourceSamples.AsNoTracking()
            .Where(s => context.KnownProcesses.Any(p => p.Id == s.ProcessId && p.Name == process) && s.Time >= from && s.Time <= to)
            .OrderBy(s => s.Time)
            .ToList();
        return Points(samples, from, to, most);
    }

    /// <summary>Samples as points, at most so many: neighbours are averaged.</summary>
    /// <param name="samples">Oldest first.</param>
    /// <param name="from">Unix seconds.</param>
    /// <param name="to">Unix seconds.</param>
    public static IReadOnlyList<ResourcePoint> Points(IReadOnlyList<ResourceSample> samples, double from, double to, int most)
    {
        if (samples.Count <= most) return [.. samples.Select(s => Merge([s]))];
        var width = (to - from) / most;
        return [.. samples.GroupBy(s => (s.RunId, Bucket: Math.Min(most - 1, (int)((s.Time - from) / width)))).Select(g => Merge([.. g]))];
    }

    private static double Seconds(DateTimeOffset time) => time.ToUnixSeconds();

    private bool HasSamples()
    {
        using var connection = database.OpenConnection();
        return HasSamples(connection);
    }

    // An older version wrote the file, and no daemon has migrated it yet.
    private static bool HasSamples(SqliteConnection connection) =>
        connection.Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'resource_samples'") is > 0L;

    private static ResourcePoint Merge(IReadOnlyList<ResourceSample> samples)
    {
        var (last, span) = (samples[^1], samples.Sum(s => s.Span));
        return new ResourcePoint(
            UnixTime.FromSeconds(last.Time), span, last.RunId, Average(s => s.Cpu), samples.Max(s => s.CpuPeak), (long)Average(s => s.Memory),
            samples.Max(s => s.MemoryPeak), samples.Max(s => s.Threads), samples.Max(s => s.OpenFiles), Average(s => s.DiskRead), Average(s => s.DiskWritten),
            samples.Max(s => s.Children));

        double Average(Func<ResourceSample, double> value) => samples.Sum(s => value(s) * s.Span) / span;
    }
}
