using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using OvermindGui.Core.Storage;
using OvermindGui.Hub.Model;

namespace OvermindGui.Hub.Shipping;

/// <summary>
/// Rows are compared by their values. Of a table that grows, only the newest rows, and those that are still open, are compared: all others
/// change no more.
/// </summary>
/// <param name="key">The key as <typeparamref name="T"/> has it; a number in a table that grows.</param>
/// <param name="isWhole">Whether the table is small: all rows are compared, and those that are gone are deleted from the hub.</param>
/// <param name="isOpen">Whether a row of a table that grows will still change, however old it is.</param>
/// <param name="prepare">Changes what must not leave the machine as it is.</param>
internal sealed class MirroredTable<T>(
    Func<T, object> key, bool isWhole, Expression<Func<T, bool>>? isOpen = null, Action<EntityEntry<T>>? prepare = null) : IMirroredTable where T : class
{
    private const string Id = "Id";
    private const int Compared = 200;
    private const int MostAtOnce = 1_000;

    private readonly Func<T, bool>? _isOpen = isOpen?.Compile();
    private readonly Dictionary<object, string> _shipped = [];
    private readonly HashSet<long> _open = [];
    private readonly List<(T Row, string Values, bool IsNew)> _changed = [];
    private readonly List<object> _gone = [];
    private long _newest;

    public async Task LoadAsync(HubDbContext hub, int project, CancellationToken cancellationToken)
    {
        _shipped.Clear();
        _open.Clear();
        _newest = 0;
        var rows = hub.Set<T>().AsNoTracking().Where(row => EF.Property<int>(row, HubDbContext.ProjectId) == project);
        var known = isWhole
            ? await rows.ToListAsync(cancellationToken)
            : await rows.OrderByDescending(row => EF.Property<long>(row, Id)).Take(2 * Compared + MostAtOnce).ToListAsync(cancellationToken);
        foreach (var row in known) Remember(row, ValuesOf(row));
        if (isOpen is null) return;
        foreach (var row in await rows.Where(isOpen).ToListAsync(cancellationToken)) Remember(row, ValuesOf(row));
    }

    public bool FindChanges(OvermindDbContext local)
    {
        _changed.Clear();
        _gone.Clear();
        var rows = local.Set<T>().AsNoTracking();
        var read = isWhole
            ? [.. rows]
            : rows.Where(row => EF.Property<long>(row, Id) > _newest - Compared || _open.Contains(EF.Property<long>(row, Id)))
                .OrderBy(row => EF.Property<long>(row, Id)).Take(MostAtOnce).ToList();
        foreach (var row in read)
        {
            var values = ValuesOf(row);
            var isKnown = _shipped.TryGetValue(key(row), out var shipped);
            if (!isKnown || shipped != values) _changed.Add((row, values, !isKnown));
        }

        if (isWhole) _gone.AddRange(_shipped.Keys.Except(read.Select(key)));
        return _changed.Count > 0 || _gone.Count > 0;
    }

    public async Task ApplyAsync(HubDbContext hub, int project, CancellationToken cancellationToken)
    {
        foreach (var (row, _, isNew) in _changed)
        {
            var entry = hub.Entry(row);
            entry.Property(HubDbContext.ProjectId).CurrentValue = project;
            entry.State = isNew ? EntityState.Added : EntityState.Modified;
            prepare?.Invoke(entry);
        }

        foreach (var gone in _gone)
            if (await hub.Set<T>().FindAsync([project, gone], cancellationToken) is { } row) hub.Remove(row);
    }

    public void Accept()
    {
        foreach (var (row, values, _) in _changed) Remember(row, values);
        foreach (var gone in _gone) _shipped.Remove(gone);
        _changed.Clear();
        _gone.Clear();
    }

    private void Remember(T row, string values)
    {
        var id = key(row);
        _shipped[id] = values;
        if (isWhole) return;
        var number = Convert.ToInt64(id, System.Globalization.CultureInfo.InvariantCulture);
        _newest = Math.Max(_newest, number);
        if (_isOpen?.Invoke(row) == true) _open.Add(number);
        else _open.Remove(number);
    }

    private static string ValuesOf(T row) => JsonSerializer.Serialize(row);
}
