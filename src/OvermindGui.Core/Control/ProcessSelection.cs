using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Control;

/// <summary>
/// The processes that a new browser shows by default. This is a setting of the project, stored in the database; each browser then keeps its
/// own selection.
/// </summary>
public sealed class ProcessSelection(OvermindDatabase database)
{
    /// <summary>Names of the deselected processes. Reads without EF Core, because the first page waits for it.</summary>
    public IReadOnlySet<string> Deselected()
    {
        using var connection = database.OpenConnection();
        return connection.KnownProcesses().Where(p => !p.Selected).Select(p => p.Name).ToHashSet();
    }

    /// <summary>Selects or deselects a process; returns whether it is selected now.</summary>
    public bool Toggle(string process)
    {
        using var context = database.CreateDbContext();
        using var transaction = context.Database.BeginTransaction();
        var known = context.KnownProcesses.SingleOrDefault(p => p.Name == process) ?? context.KnownProcesses.Add(new KnownProcess { Name = process }).Entity;
        known.Selected = !known.Selected;
        context.SaveChanges();
        transaction.Commit();
        return known.Selected;
    }

    public void SetAll(bool selected)
    {
        using var context = database.CreateDbContext();
        using var transaction = context.Database.BeginTransaction();
        var known = context.KnownProcesses.Select(p => p.Name);
        context.KnownProcesses.AddRange(context.Statuses.Select(s => s.ProcessName).Except(known).AsEnumerable().Select(name => new KnownProcess { Name = name }));
        context.SaveChanges();
        context.KnownProcesses.ExecuteUpdate(all => all.SetProperty(p => p.Selected, selected));
        transaction.Commit();
    }
}
