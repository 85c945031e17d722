using System.Globalization;
using System.Text.Json.Serialization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project;
using OvermindGui.Core.Registry;
using OvermindGui.Core.Resources;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Application;

/// <summary>The status of a project.</summary>
/// <param name="V">Version of the format.</param>
/// <param name="Daemon">running or stopped.</param>
/// <param name="Dashboard">Address of its dashboard; null when none serves.</param>
/// <param name="Pending">File changes that a reload would apply.</param>
/// <param name="Fault">Why output cannot be stored.</param>
public sealed record StatusReport(
    int V, string Project, string? Branch, string Daemon, string? Dashboard, IReadOnlyList<ProcessReport> Processes, IReadOnlyList<string>? Pending, string? Fault,
    string? Cursor);

/// <summary>The status of a process. Empty values are omitted.</summary>
/// <param name="Healthy">Whether its liveness check passes.</param>
/// <param name="WaitingForInput">text or password when it waits for someone to type that.</param>
/// <param name="Since">Seconds since the start of the current run, or since the end of the last one.</param>
/// <param name="Ports">TCP ports on which it and its descendants actually listen.</param>
/// <param name="UdpPorts">The same for UDP.</param>
/// <param name="PlannedPort">Its PORT, if it listens, but not there.</param>
/// <param name="Exit">Exit code of the last run, 128 + n for a death by signal n.</param>
/// <param name="Last">The last lines of that run.</param>
/// <param name="Errors">Number of lines of level error among the newest thousand of the current run.</param>
/// <param name="Cpu">Percent of one core, of it and its descendants, as last measured.</param>
/// <param name="MemoryMb">Mebibytes of it and its descendants, as last measured.</param>
/// <param name="By">The initiator of the current run, unless the daemon started it by default.</param>
public sealed record ProcessReport(
    string Name, string State, bool? Ready, bool? Healthy, string? WaitingForInput, long? Since, int? Pid, IReadOnlyList<int>? Ports, IReadOnlyList<int>? UdpPorts, int? PlannedPort, string? Url, int? Restarts, int? Exit, string? Why,
    IReadOnlyList<string>? Last, int? Errors, double? Cpu, long? MemoryMb, string? By)
{
    /// <summary>True for a problem, as opposed to a transition.</summary>
    [JsonIgnore]
    public bool HasFailed => State is "dead" or "broken" or "crash loop";
}

/// <summary>Implements <c>status</c>.</summary>
public sealed class StatusQuery(ProjectSession session)
{
    /// <summary>Number of output lines of a failed process in a short answer.</summary>
    public const int LastLines = 3;

    /// <summary>The word for a living daemon.</summary>
    public const string Running = "running";

    private const int LookedAt = 1_000;
    private const int LongestLine = 110;

    public StatusReport Read(IReadOnlyCollection<string>? names = null, bool verbose = false)
    {
        var snapshot = session.Read();
        var processes = ProjectSession.Select(snapshot, names);
        return new StatusReport(
            1, session.Folder.Root, GitFolder.Of(session.Folder.Root)?.Branch, snapshot.DaemonAlive ? Running : "stopped", DashboardOf(session.Folder),
            Describe(processes, LastLines, verbose), snapshot.Pending?.Lines, snapshot.StorageTrouble,
            LineCursor.Newest(session.Database)?.ToString());
    }

    // Another project's damage, or a registry that is not safe, is no reason to keep the status back.
    private static string? DashboardOf(ProjectFolder folder)
    {
        try
        {
            return UserState.OfThisUser() is { } state ? new DashboardRegistry(state).Read()[RegisteredProject.PlaceOf(folder)].FirstOrDefault()?.ToString().TrimEnd('/') : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <param name="lastLines">Number of last lines for a failed process.</param>
    internal IReadOnlyList<ProcessReport> Describe(IReadOnlyList<ProcessInfo> processes, int lastLines, bool verbose)
    {
        var redact = session.Redactor();
        var runs = Runs();
        var used = new ResourceHistory(session.Database).Latest(session.Time);
        return [.. processes.Select(p => Describe(p, runs.GetValueOrDefault(p.Name), used.GetValueOrDefault(p.Name), redact, lastLines, verbose))];
    }

    private ProcessReport Describe(
        ProcessInfo process, RunReport? run, ResourcePoint? used, Func<string, string, string> redact, int lastLines, bool verbose)
    {
        var failed = process.State is ProcessState.Dead or ProcessState.Broken or ProcessState.CrashLoop;
        var (ports, udp) = (process.TcpPorts, ListeningPort.Parse(process.Listening).Where(p => p.IsUdp).Select(p => p.Port).ToList());
        var now = session.Time.GetUtcNow();
        var since = process.State.IsUp() ? process.StartedAt : process.EndedAt;
        var last = failed ? LastOutput.Of(session.Database, process.Name, lastLines).Select(line => Cut(redact(line.Process, line.Content.Text))).ToList() : null;
        var errors = process.State.IsUp() && run is not null ? Errors(process.Name, run.Id) : 0;
        return new ProcessReport(
            process.Name, process.State.ToText(), process.Ready, process.Healthy, process.WaitingForInput?.ToText(), since is { } at ? Math.Max(0, (long)(now - at).TotalSeconds) : null, process.Pid,
            ports.Count > 0 ? ports : null, udp.Count > 0 ? udp : null,
            process.Port is { } planned && ports.Count > 0 && !ports.Contains(planned) ? planned : null, verbose && ports.Count > 0 ? UrlOf(process, ports) : null, run is { Restarts: > 0 } ? run.Restarts : null,
            process.State.IsUp() ? null : process.Exit?.Code, failed || process.State == ProcessState.Waiting || process.Healthy == false || verbose ? process.Explanation(now) : null,
            last is { Count: > 0 } ? last : null, errors > 0 ? errors : null, used is null ? null : Math.Round(used.Cpu), used?.Memory >> 20, process.StartedBy is { } by && (verbose || by != Initiator.Daemon) ? by.ToString() : null);
    }

    internal static string UrlOf(ProcessInfo process, IReadOnlyList<int> ports) =>
        string.Create(CultureInfo.InvariantCulture, $"http://localhost:{(process.Port is { } planned && ports.Contains(planned) ? planned : ports[0])}");

    private int Errors(string process, long run) => new OutputHistory(session.Database)
        .Before(long.MaxValue, ProcessFilter.Only(process), LookedAt).Count(line => line.Run == run && line.Level == LineLevel.Error);

    /// <summary>The newest run of each process.</summary>
    internal Dictionary<string, RunReport> Runs()
    {
        if (!session.Database.IsReady()) return [];
        using var connection = session.Database.OpenConnection();
        return connection.Query(
            "SELECT p.name, r.id, r.restart_number FROM runs r JOIN processes p ON p.id = r.process_id WHERE r.id IN (SELECT max(id) FROM runs GROUP BY process_id)",
            row => (Name: row.GetString(0), Run: new RunReport(row.GetInt64(1), row.GetInt32(2)))).ToDictionary(r => r.Name, r => r.Run);
    }

    /// <summary>When the newest runs ended, by their ids.</summary>
    internal Dictionary<long, DateTimeOffset> Ends()
    {
        if (!session.Database.IsReady()) return [];
        using var connection = session.Database.OpenConnection();
        return connection.Query(
            "SELECT id, ended_at FROM runs WHERE ended_at IS NOT NULL ORDER BY id DESC LIMIT 1000",
            row => (Id: row.GetInt64(0), End: UnixTime.FromSeconds(row.GetDouble(1)))).ToDictionary(r => r.Id, r => r.End);
    }

    private static string Cut(string text) => text.Length <= LongestLine ? text : text[..LongestLine] + "…";
}

/// <summary>A summary of a run.</summary>
/// <param name="Restarts">Number of earlier runs under the same daemon.</param>
internal sealed record RunReport(long Id, int Restarts);
