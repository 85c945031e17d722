using System.ComponentModel;
using System.Diagnostics;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Control;

/// <summary>A process that is still running without a daemon to supervise it.</summary>
public sealed record Survivor(string Name, int Pid)
{
    public override string ToString() => $"{Name} (PID {Pid})";
}

/// <summary>Finds processes that outlived a killed daemon.</summary>
public static class OrphanedProcesses
{
    // Tolerance between the recorded start and the process's start time: recording comes first, a loaded machine is slow, and the two
    // clocks differ.
    private static readonly TimeSpan Earliest = TimeSpan.FromSeconds(-5);
    private static readonly TimeSpan Latest = TimeSpan.FromSeconds(60);

    /// <summary>The orphaned processes of the folder; none while a daemon lives, because they are its own.</summary>
    public static IReadOnlyList<Survivor> Find(OvermindDatabase database)
    {
        if (DaemonLock.IsHeld(database.Folder) || !database.IsReady()) return [];
        var leaders = Leaders(database);
        // A living leader represents all processes that it has started.
        var marked = UnfinishedRuns.Find(database)
            .SelectMany(run => (run.Leader is { } leader ? [leader] : run.Processes).Select(p => new Survivor(run.Name, p.Pid)));
        return [.. leaders.UnionBy(marked, survivor => survivor.Pid)];
    }

    // A recorded PID may now belong to another program or another container: it counts only with the recorded start time.
    private static List<Survivor> Leaders(OvermindDatabase database)
    {
        using var connection = database.OpenConnection();
        var recorded = connection.Query(
            "SELECT process_name, status, pid, started_at FROM process_status WHERE pid IS NOT NULL AND started_at IS NOT NULL",
            row => (Name: row.GetString(0), State: ProcessStates.Parse(row.GetString(1)), Pid: row.GetInt32(2), Started: row.GetDouble(3)));
        return [.. recorded.Where(p => p.State.IsUp() && Lives(p.Pid, UnixTime.FromSeconds(p.Started))).Select(p => new Survivor(p.Name, p.Pid))];
    }

    private static bool Lives(int pid, DateTimeOffset startedAt)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            var late = new DateTimeOffset(process.StartTime) - startedAt;
            return late >= Earliest && late <= Latest && ProcessEntry.Of(pid) is not { Runs: false }; // zombies do not count
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or IOException)
        {
            return false; // it does not exist, or ended during the check
        }
    }
}
