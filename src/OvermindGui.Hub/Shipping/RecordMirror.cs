using OvermindGui.Core.Shipping;
using OvermindGui.Core.Storage;
using OvermindGui.Hub.Model;

namespace OvermindGui.Hub.Shipping;

/// <summary>
/// Everything that the hub has of a project beside its lines: processes, states, runs, daemons, commands, failure hits and what processes use. What people typed
/// and the options of the daemon stay on the machine, and so do the secrets in commands.
/// </summary>
internal sealed class RecordMirror(OvermindDatabase database, int project, ShippedText text)
{
    private readonly IMirroredTable[] _tables =
    [
        new MirroredTable<KnownProcess>(p => p.Id, isWhole: true, prepare: entry =>
        {
            if (entry.State == Microsoft.EntityFrameworkCore.EntityState.Modified) entry.Property<long>("PurgedId").IsModified = false;
        }),
        new MirroredTable<DaemonRecord>(d => d.Id, isWhole: false, isOpen: d => d.EndedAt == null, prepare: entry =>
        {
            entry.Entity.Options = null;
            entry.Property(d => d.ProcfileProblems).CurrentValue = ShippedText.OfFileOrNull(entry.Entity.ProcfileProblems);
            entry.Entity.PendingChanges = ShippedText.OfFileOrNull(entry.Entity.PendingChanges);
            entry.Property(d => d.Warning).CurrentValue = ShippedText.OfFileOrNull(entry.Entity.Warning);
            entry.Entity.EndReason = ShippedText.OfFileOrNull(entry.Entity.EndReason);
        }),
        new MirroredTable<ProcessStatus>(s => s.ProcessName, isWhole: true, prepare: entry =>
        {
            entry.Property(s => s.Command).CurrentValue = ShippedText.OfFile(entry.Entity.Command);
            entry.Entity.Reason = ShippedText.OfFileOrNull(entry.Entity.Reason);
            entry.Entity.Attached = ShippedText.OfFileOrNull(entry.Entity.Attached);
        }),
        new MirroredTable<Run>(r => r.Id, isWhole: false, isOpen: r => r.EndedAt == null),
        new MirroredTable<FailureHit>(h => h.Id, isWhole: false, prepare: entry =>
        {
            entry.Property(h => h.Text).CurrentValue = text.Of(entry.Entity.Text);
            entry.Property(h => h.Pattern).CurrentValue = ShippedText.OfFile(entry.Entity.Pattern);
        }),
        new MirroredTable<DaemonCommand>(c => c.Id, isWhole: false, isOpen: c => c.Status == DaemonCommand.Pending, prepare: entry =>
        {
            entry.Property(c => c.Argument).CurrentValue = null;
            entry.Property(c => c.Outcome).CurrentValue = ShippedText.OfFileOrNull(entry.Entity.Outcome);
        }),
        new SampleMirror(),
    ];

    /// <summary>Reads what the hub has, after a connection was made: whether the last transaction counted may be unknown.</summary>
    public async Task LoadAsync(HubDbContext hub, CancellationToken cancellationToken)
    {
        foreach (var table in _tables) await table.LoadAsync(hub, project, cancellationToken);
    }

    /// <summary>True when the hub does not have all of it.</summary>
    public bool FindChanges()
    {
        using var local = database.CreateDbContext();
        return _tables.Aggregate(false, (any, table) => table.FindChanges(local) || any);
    }

    /// <summary>Writes the changes that were found.</summary>
    public async Task ApplyAsync(HubDbContext hub, CancellationToken cancellationToken)
    {
        foreach (var table in _tables) await table.ApplyAsync(hub, project, cancellationToken);
        await hub.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The changes are in the hub.</summary>
    public void Accept()
    {
        foreach (var table in _tables) table.Accept();
    }
}
