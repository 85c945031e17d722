using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Alerts;

/// <summary>An alert that fired, for readers.</summary>
/// <param name="Process">Null for a rule about no process.</param>
/// <param name="Notifies">Whether open pages show a notification.</param>
public sealed record AlertHitInfo(
    long Id, string Rule, string? Process, long? Run, DateTimeOffset Time, string Message, string Outcome, bool Notifies, DateTimeOffset? ResolvedAt, bool IsTest);

/// <summary>Reads which alerts have fired, and which are muted.</summary>
public sealed class AlertHistory(OvermindDatabase database)
{
    /// <summary>The newest hits, newest first.</summary>
    /// <param name="rule">Only those of this rule; null for all.</param>
    public IReadOnlyList<AlertHitInfo> Newest(string? rule, int limit)
    {
        if (!IsThere()) return [];
        using var context = database.CreateDbContext();
        var hits = from hit in context.AlertHits.AsNoTracking()
                   where rule == null || hit.Rule == rule
                   orderby hit.Id descending
                   select new { Hit = hit, Process = context.KnownProcesses.Where(p => p.Id == hit.ProcessId).Select(p => p.Name).FirstOrDefault() };
        return
        [
            .. hits.Take(limit).AsEnumerable().Select(h => new AlertHitInfo(
                h.Hit.Id, h.Hit.Rule, h.Process, h.Hit.RunId, UnixTime.FromSeconds(h.Hit.Time), h.Hit.Message, h.Hit.Outcome, h.Hit.Notifies,
                h.Hit.ResolvedAt is { } at ? UnixTime.FromSeconds(at) : null, h.Hit.IsTest)),
        ];
    }

    /// <summary>When each muted rule is not muted any more.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Muted(DateTimeOffset now)
    {
        if (!IsThere()) return new Dictionary<string, DateTimeOffset>();
        using var context = database.CreateDbContext();
        var at = now.ToUnixSeconds();
        return context.AlertMutes.AsNoTracking().Where(m => m.Until > at).ToDictionary(m => m.Rule, m => UnixTime.FromSeconds(m.Until));
    }

    // An older version wrote the file, and no daemon has migrated it yet.
    private bool IsThere()
    {
        if (!database.IsReady()) return false;
        using var connection = database.OpenConnection();
        return connection.Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'alert_hits'") is > 0L;
    }
}
