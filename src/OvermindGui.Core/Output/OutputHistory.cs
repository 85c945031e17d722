using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Data;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Output;

/// <summary>Reads pages of stored lines. Every page costs the same at any size of the history. Not thread-safe.</summary>
public sealed class OutputHistory(OvermindDatabase database)
{
    private Dictionary<int, string> _names = [];

    /// <summary>Highest id stored, 0 when there is none.</summary>
    public async Task<long> LastIdAsync(CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        return await context.Lines.MaxAsync(l => (long?)l.Id, cancellationToken) ?? 0;
    }

    /// <summary>The oldest <paramref name="limit"/> lines between two ids, both exclusive, in id order.</summary>
    public async Task<IReadOnlyList<OutputLine>> BetweenAsync(
        long after, long before, ProcessFilter filter, int limit, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        return await PageAsync(
            context, filter, lines => lines.Where(l => l.Id > after && l.Id < before).OrderBy(l => l.Id).Take(limit), limit, cancellationToken);
    }

    /// <summary>The newest <paramref name="limit"/> lines below an id, in id order.</summary>
    public async Task<IReadOnlyList<OutputLine>> BeforeAsync(
        long before, ProcessFilter filter, int limit, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var page = await PageAsync(
            context, filter, lines => lines.Where(l => l.Id < before).OrderByDescending(l => l.Id).Take(limit), limit, cancellationToken,
            newestFirst: true);
        return page;
    }

    private async Task<IReadOnlyList<OutputLine>> PageAsync(
        OvermindDbContext context, ProcessFilter filter, Func<IQueryable<Line>, IQueryable<Line>> page, int limit,
        CancellationToken cancellationToken, bool newestFirst = false)
    {
        var lines = context.Lines.AsNoTracking();
        if (filter.IsEverything) return await ReadAsync(context, page(lines), cancellationToken);

        // One range of the index per shown process, merged: a scan over the ids would wade through all that a hidden one printed.
        await LoadNamesAsync(context, cancellationToken);
        var merged = new List<OutputLine>();
        foreach (var (id, _) in _names.Where(n => filter.Shows(n.Value)))
            merged.AddRange(await ReadAsync(context, page(lines.Where(l => l.ProcessId == id)), cancellationToken));
        merged.Sort((a, b) => a.Id.CompareTo(b.Id));
        return merged.Count <= limit ? merged : newestFirst ? merged[^limit..] : merged[..limit];
    }

    private async Task<IReadOnlyList<OutputLine>> ReadAsync(
        OvermindDbContext context, IQueryable<Line> page, CancellationToken cancellationToken)
    {
        var rows = await page.ToListAsync(cancellationToken);
        if (rows.Exists(r => !_names.ContainsKey(r.ProcessId))) await LoadNamesAsync(context, cancellationToken);
        if (rows.Count > 1 && rows[0].Id > rows[^1].Id) rows.Reverse();
        return [.. rows.Select(ToOutputLine)];
    }

    private async Task LoadNamesAsync(OvermindDbContext context, CancellationToken cancellationToken) =>
        _names = await context.KnownProcesses.AsNoTracking().ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);

    private OutputLine ToOutputLine(Line row) =>
        new(row.Id, _names.GetValueOrDefault(row.ProcessId, "?"), row.Time, row.Stream, StyleRunCodec.Decode(row.Text, row.Style));
}
