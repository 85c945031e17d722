using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Data;
using OvermindGui.Core.Procfiles;
using OvermindGui.Core.Processes;

namespace OvermindGui.Daemon.Storage;

/// <summary>What the daemon has to know of the database before it serves.</summary>
/// <param name="ProcessIds">Row ids of the Procfile's entries and of <c>system</c>.</param>
internal sealed record Registration(long DaemonId, IReadOnlyDictionary<string, int> ProcessIds, long LastRunId)
{
    /// <summary>Writes the rows of a starting daemon, in one transaction.</summary>
    public static Registration Write(OvermindDatabase database, DaemonRecord daemon, Procfile procfile, TimeProvider time)
    {
        using var context = database.CreateDbContext();
        using var transaction = context.Database.BeginTransaction();
        RefuseOldCommands(context);
        context.Statuses.ExecuteDelete();
        context.Statuses.AddRange(procfile.Entries.Select((entry, position) => new ProcessStatus
        {
            ProcessName = entry.Name,
            Status = ProcessState.Stopped.ToText(),
            UpdatedAt = time.Seconds(),
            Position = position,
            Command = entry.Command,
        }));
        var names = procfile.Entries.Select(e => e.Name).Append(Procfile.SystemProcess).ToList();
        var known = context.KnownProcesses.ToDictionary(p => p.Name);
        foreach (var name in names.Where(n => !known.ContainsKey(n)))
            context.KnownProcesses.Add(known[name] = new KnownProcess { Name = name });
        context.Daemons.Add(daemon);
        context.SaveChanges();
        var lastRun = context.Runs.Max(r => (long?)r.Id) ?? 0;
        transaction.Commit();
        return new Registration(daemon.Id, names.ToDictionary(n => n, n => known[n].Id), lastRun);
    }

    // A click on "restart" from yesterday must not restart anything today.
    private static void RefuseOldCommands(OvermindDbContext context) =>
        context.Commands.Where(c => c.Status == DaemonCommand.Pending).ExecuteUpdate(set => set
            .SetProperty(c => c.Status, DaemonCommand.Completed)
            .SetProperty(c => c.Succeeded, false)
            .SetProperty(c => c.Outcome, "Not carried out: no daemon was running"));
}
