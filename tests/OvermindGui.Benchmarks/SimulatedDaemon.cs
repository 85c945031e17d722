using System.Globalization;
using Npgsql;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;
using OvermindGui.Core.Shipping;
using OvermindGui.Core.Storage;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Model;
using OvermindGui.Hub.Shipping;

namespace OvermindGui.Benchmarks;

/// <summary>Speaks the shipper's protocol to a hub, with lines of its own: the lease, COPY, counts and the cursors in one transaction a round, then the notification.</summary>
internal sealed class SimulatedDaemon(HubDatabase hub, int number, int linesPerSecond)
{
    /// <summary>Of each daemon.</summary>
    public const int Processes = 10;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private static readonly string Filling = new('.', 60);

    private readonly ShippedText _text = new(null);
    private readonly List<double> _latencies = [];
    private long _lines;

    /// <summary>Lines that are in the hub.</summary>
    public long Lines => Volatile.Read(ref _lines);

    /// <summary>From the time of each line to its commit, ms, since the last call.</summary>
    public IReadOnlyList<double> TakeLatencies()
    {
        lock (_latencies)
        {
            var taken = _latencies.ToList();
            _latencies.Clear();
            return taken;
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var options = new HubOptions(hub.Address, string.Create(CultureInfo.InvariantCulture, $"machine-{number:00}"), Control: false, Redact: false);
        await using var connection = await hub.OpenAsync(cancellationToken);
        var database = OvermindDatabase.In(new ProjectFolder($"/srv/project-{number:00}"));
        var lease = await Lease.TakeAsync(connection, options, database, $"s{number:0000}", 0, Guid.NewGuid(), cancellationToken);
        await IntroduceAsync(lease.Project, cancellationToken);
        var (copy, counts) = (new LineCopy(lease.Project, _text), new HubLineCounts(lease.Project));
        await counts.LoadAsync(connection, cancellationToken);
        await Task.Delay(Pace * Random.Shared.NextDouble(), cancellationToken); // daemons do not begin together
        using var rounds = new PeriodicTimer(Pace);
        var (began, id) = (Now(), lease.LineId);
        while (await rounds.WaitForNextTickAsync(cancellationToken))
        {
            var due = (long)((Now() - began) / 1_000 * linesPerSecond);
            var lines = Enumerable.Range(0, (int)Math.Min(due - Lines, LocalLines.MostLines)).Select(i => Line(++id, began + (Lines + i) * 1_000.0 / linesPerSecond)).ToList();
            if (lines.Count == 0) continue;
            await ShipAsync(connection, lease, copy, counts, lines, cancellationToken);
            var now = Now();
            lock (_latencies) _latencies.AddRange(lines.Select((_, i) => now - (began + (Lines + i) * 1_000.0 / linesPerSecond)));
            Interlocked.Add(ref _lines, lines.Count);
        }
    }

    private static async Task ShipAsync(NpgsqlConnection connection, Lease lease, LineCopy copy, HubLineCounts counts, List<Line> lines, CancellationToken cancellationToken)
    {
        var batch = new LineBatch(lines, [], lines[^1].Id, lines[^1].Time, 0, 0);
        await copy.PrepareDaysAsync(connection, lines, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await lease.MoveAsync(connection, batch, cancellationToken);
        await copy.AddAsync(connection, lines, cancellationToken);
        var counted = counts.IsDue(lease.LineId) ? await counts.StepAsync(connection, batch.LastId, cancellationToken) : (long?)null;
        await transaction.CommitAsync(cancellationToken);
        lease.Moved(batch);
        if (counted is { } upTo) counts.Accept(upTo);
        await HubChannels.NotifyChangeAsync(connection, lease.Project, cancellationToken);
    }

    // Its processes, as a daemon's first round brings them.
    private async Task IntroduceAsync(int project, CancellationToken cancellationToken)
    {
        await using var context = hub.CreateDbContext();
        for (var i = 1; i <= Processes; i++)
        {
            var known = context.Add(new KnownProcess { Id = i, Name = Name(i) });
            known.Property(HubDbContext.ProjectId).CurrentValue = project;
            var status = context.Add(new ProcessStatus { ProcessName = Name(i), Position = i, Command = "exec ./serve", Status = "running", Pid = 1000 + i });
            status.Property(HubDbContext.ProjectId).CurrentValue = project;
        }

        await context.SaveChangesAsync(cancellationToken);
    }

    private Line Line(long id, double time) => new()
    {
        Id = id,
        ProcessId = (int)(id % Processes) + 1,
        RunId = 1,
        Time = (long)time,
        Stream = LineSource.Terminal,
        Text = string.Create(CultureInfo.InvariantCulture, $"GET /orders/{id:000000000} 200 {number:00} {Filling}"),
    };

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"process-{i:00}");

    private static double Now() => (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
}
