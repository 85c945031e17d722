using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>
/// Clears the output of one process or of all: readers skip the existing lines from then on. The daemon (or the next one, if none lives)
/// deletes them after the time for undoing is over.
/// </summary>
public sealed class OutputClearing(OvermindDatabase database, TimeProvider time)
{
    /// <summary>How long a clearing can be undone.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromSeconds(30);

    /// <param name="process">A process name, or null for all.</param>
    public ClearOutcome Clear(string? process)
    {
        var now = time.GetUtcNow();
        using var context = database.CreateDbContext();
        using var transaction = context.Database.BeginTransaction(); // takes the write lock, so no line is added in between
        var last = OutputHistory.LastId((SqliteConnection)context.Database.GetDbConnection());
        var cleared = context.KnownProcesses
            .Where(p => (process == null || p.Name == process) && context.Lines.Any(l => l.ProcessId == p.Id && l.Id > p.ClearedId)).ToList();
        var operation = (context.Clearings.Max(c => (long?)c.Operation) ?? 0) + 1;
        foreach (var known in cleared)
        {
            context.Clearings.Add(new Clearing
            {
                Operation = operation,
                ProcessId = known.Id,
                FromId = known.ClearedId,
                LineCount = known.LineCount,
                ClearedAt = now.ToUnixSeconds(),
            });
            (known.ClearedId, known.LineCount) = (last, 0);
        }

        context.SaveChanges();
        transaction.Commit();
        return new ClearOutcome(last, cleared.Count > 0 ? now + UndoTime : null);
    }

    /// <summary>
    /// Undoes the last clearing. Returns the names of the processes, or null when there is none that can still be undone.
    /// </summary>
    public IReadOnlyList<string>? Undo()
    {
        using var context = database.CreateDbContext();
        using var transaction = context.Database.BeginTransaction();
        var since = (time.GetUtcNow() - UndoTime).ToUnixSeconds();
        if (context.Clearings.Where(c => c.ClearedAt >= since).Max(c => (long?)c.Operation) is not { } operation) return null;
        var restored = context.Clearings.Where(c => c.Operation == operation)
            .Join(context.KnownProcesses, c => c.ProcessId, p => p.Id, (clearing, process) => new { clearing, process }).ToList();
        foreach (var (clearing, process) in restored.Select(r => (r.clearing, r.process)))
        {
            process.ClearedId = clearing.FromId;
            process.LineCount += clearing.LineCount;
            context.Clearings.Remove(clearing);
        }

        context.SaveChanges();
        transaction.Commit();
        return [.. restored.Select(r => r.process.Name)];
    }
}

/// <summary>The result of a clearing.</summary>
/// <param name="LastId">The newest line that may be cleared; later lines have higher ids.</param>
/// <param name="UndoUntil">Time until which it can be undone; null when there was nothing to clear.</param>
public sealed record ClearOutcome(long LastId, DateTimeOffset? UndoUntil);
