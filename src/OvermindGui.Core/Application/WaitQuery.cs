using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Resources;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Application;

/// <summary>A wait request.</summary>
/// <param name="For">ready, exit, line, port, quiet or error.</param>
/// <param name="Pattern">For line: a .NET regular expression.</param>
/// <param name="Port">For port: the port that must be listened on; any port of the process by default.</param>
/// <param name="QuietMs">For quiet: how long no output must arrive.</param>
/// <param name="Cursor">For line and error: also consider existing lines after this cursor; by default only new lines count.</param>
/// <param name="FailOn">exit, crash_loop: events that end the wait with a failure.</param>
public sealed record WaitRequest(
    IReadOnlyList<string>? Processes = null, string For = "ready", string? Pattern = null, int? Port = null, int QuietMs = 1_000, string? Cursor = null,
    IReadOnlyList<string>? FailOn = null, double TimeoutS = 45);

/// <summary>The result of a wait.</summary>
/// <param name="Result">matched, failed or timeout.</param>
/// <param name="Process">The process concerned.</param>
/// <param name="Line">The matching line.</param>
/// <param name="Groups">The expression's groups, by name or number.</param>
/// <param name="Tail">The last lines.</param>
/// <param name="Cursor">The cursor for reading what comes next.</param>
public sealed record WaitReport(
    int V, string Result, string? Process, string? State, int? Exit, string? Why, LineReport? Line, IReadOnlyDictionary<string, string>? Groups,
    IReadOnlyList<LineReport>? Tail, string? Cursor, string? Note = null);

/// <summary>Implements <c>wait</c>. A timeout is a result, not an error.</summary>
public sealed class WaitQuery(ProjectSession session)
{
    /// <summary>Maximum duration of one call: clients time out after a minute.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(50);

    private const int TailLines = 10;
    private const int Page = 500;

    private static readonly TimeSpan SafetyInterval = TimeSpan.FromMilliseconds(250);
    private static readonly string[] Kinds = ["ready", "exit", "line", "port", "quiet", "error"];
    private static readonly string[] Failures = ["exit", "crash_loop"];

    /// <param name="longest">Upper bound in addition to the request's own; null for none.</param>
    public async Task<WaitReport> WaitAsync(WaitRequest request, TimeSpan? longest, CancellationToken cancellationToken)
    {
        Check(request);
        var regex = request.For == "line" ? RegexOf(request.Pattern) : null;
        var timeout = WaitTime.Of(request.TimeoutS, longest ?? TimeSpan.FromDays(1));
        _ = ProjectSession.Select(session.Read(), request.Processes);
        var (after, note) = LineCursor.Resolve(session.Database, request.Cursor);
        var state = new Place(after ?? (session.Database.IsReady() ? new OutputHistory(session.Database).LastId() : 0), session.Time.GetTimestamp());
        var started = session.Time.GetTimestamp();
        using var watcher = new DatabaseChangeWatcher(session.Folder, SafetyInterval);
        while (true)
        {
            var left = timeout - session.Time.GetElapsedTime(started);
            if ((left > TimeSpan.Zero ? LookBehindEnd(request, regex, state) : Look(request, regex, state)) is { } report) return report with { Note = note };
            if (left <= TimeSpan.Zero) return Report("timeout", null, null, request) with { Note = note };
            using var turn = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            turn.CancelAfter(left);
            try
            {
                await watcher.WaitAsync(turn.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // check once more
            }
        }
    }

    private static void Check(WaitRequest request)
    {
        if (!Kinds.Contains(request.For)) throw Refused($"for: expected {string.Join(", ", Kinds)}, found {request.For}");
        if (request.FailOn?.Except(Failures).FirstOrDefault() is { } unknown) throw Refused($"fail_on: expected {string.Join(" or ", Failures)}, found {unknown}");
        if (request.Port is < 1 or > 65_535) throw Refused("port: expected 1 to 65535");
        if (request is { For: "port", Port: null, Processes: not { Count: > 0 } }) throw Refused("port: give a process or a port");
        if (request.QuietMs < 0) throw Refused("quiet_ms: expected a number of milliseconds from 0");
    }

    private static RequestException Refused(string message) => new(RequestException.BadRequestCode, message);

    // An end is known before the last lines are stored. They belong to the answer, and one of them may be the line that is waited for.
    private WaitReport? LookBehindEnd(WaitRequest request, Regex? regex, Place place)
    {
        var report = Look(request, regex, place);
        if (report is not { Process: { } process } || (report.Result != "failed" && request.For != "exit")) return report;
        return LastOutput.IsComplete(session.Database, process, session.Time.GetUtcNow()) ? Look(request, regex, place) : null;
    }

    private WaitReport? Look(WaitRequest request, Regex? regex, Place place)
    {
        try
        {
            var snapshot = session.Read();
            var processes = ProjectSession.Select(snapshot, request.Processes);
            // If a match and a failure come together, the match wins: it may be the reason that the caller waits for.
            var found = request.For switch
            {
                "ready" => ReadyOnes(processes, request) is { Count: > 0 } asked && asked.All(IsReady) ? Report("matched", processes[0], null, request) : null,
                "exit" => processes.FirstOrDefault(p => HasEnded(p) && snapshot.DaemonAlive) is { } ended ? Report("matched", ended, null, request) : null,
                "port" => IsListening(processes, request) ? Report("matched", processes.Count == 1 ? processes[0] : null, null, request) : null,
                "quiet" => IsQuiet(processes, request, place) ? Report("matched", null, null, request) : null,
                _ => LineReportOf(processes, request, regex, place),
            };
            return found ?? Failure(snapshot, processes, request);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            return null; // the next check follows soon
        }
    }

    private WaitReport? Failure(SystemSnapshot snapshot, IReadOnlyList<ProcessInfo> processes, WaitRequest request)
    {
        if (request.For == "exit") return snapshot.DaemonAlive ? null : Report("failed", null, "No daemon is running", request);
        if (!snapshot.DaemonAlive) return Report("failed", null, snapshot.EndReason ?? "No daemon is running", request);
        var failOn = request.FailOn ?? Failures;
        var asked = request.For is "ready" || request.Processes is { Count: > 0 } ? processes : [];
        return asked.FirstOrDefault(p =>
            (failOn.Contains("crash_loop") && p.State == ProcessState.CrashLoop)
            || (failOn.Contains("exit") && p.State is ProcessState.Dead or ProcessState.Broken)
            || (request.For == "ready" && p.State == ProcessState.Stopped && request.Processes is { Count: > 0 })) is { } failed
            ? Report("failed", failed, failed.Explanation(session.Time.GetUtcNow()) ?? failed.Exit?.ToString(), request)
            : null;
    }

    /// <summary>It is ready, or has completed its work.</summary>
    internal static bool IsReady(ProcessInfo process) =>
        process is { State: ProcessState.Running, Ready: null or true } or { State: ProcessState.Exited };

    // Without names, those that were stopped on purpose or left out do not count.
    private static IReadOnlyList<ProcessInfo> ReadyOnes(IReadOnlyList<ProcessInfo> processes, WaitRequest request) =>
        request.Processes is { Count: > 0 } ? processes : [.. processes.Where(p => p.State != ProcessState.Stopped)];

    private static bool HasEnded(ProcessInfo process) =>
        process.State is ProcessState.Exited or ProcessState.Dead or ProcessState.Stopped or ProcessState.Broken or ProcessState.CrashLoop;

    private static bool IsListening(IReadOnlyList<ProcessInfo> processes, WaitRequest request)
    {
        if (request.Processes is not { Count: > 0 })
            return ListeningSockets.Read().ContainsKey(new ListeningPort(request.Port!.Value, false));
        var ports = processes.SelectMany(p => p.TcpPorts);
        return request.Port is { } port ? ports.Contains(port) : ports.Any();
    }

    private bool IsQuiet(IReadOnlyList<ProcessInfo> processes, WaitRequest request, Place place)
    {
        var newest = new OutputHistory(session.Database).NewestId(FilterOf(processes, request), 1, long.MaxValue - 1) ?? 0;
        if (newest != place.Newest) (place.Newest, place.Since) = (newest, session.Time.GetTimestamp());
        return session.Time.GetElapsedTime(place.Since) >= TimeSpan.FromMilliseconds(Math.Clamp(request.QuietMs, 0, 60_000));
    }

    private WaitReport? LineReportOf(IReadOnlyList<ProcessInfo> processes, WaitRequest request, Regex? regex, Place place)
    {
        if (!session.Database.IsReady()) return null;
        var history = new OutputHistory(session.Database);
        while (true)
        {
            var page = history.Between(place.After, long.MaxValue, FilterOf(processes, request), Page);
            foreach (var line in page)
            {
                place.After = line.Id;
                var match = regex?.Match(line.Content.Text);
                if (regex is null ? line.Level != LineLevel.Error || line.Source == LineSource.Notice : !match!.Success) continue;
                var redact = session.Redactor();
                var report = Report("matched", processes.FirstOrDefault(p => p.Name == line.Process), null, request);
                return report with
                {
                    Process = line.Process,
                    Line = LineReport.Of(line, redact, session.Time),
                    Groups = match is { Groups.Count: > 1 }
                        ? match.Groups.Values.Skip(1).Where(g => g.Success).ToDictionary(g => g.Name, g => redact(line.Process, g.Value)) : null,
                    Cursor = (LineCursor.Newest(session.Database)! with { Line = line.Id }).ToString(),
                };
            }

            if (page.Count < Page) return null;
        }
    }

    private WaitReport Report(string result, ProcessInfo? process, string? why, WaitRequest request)
    {
        var isReady = session.Database.IsReady();
        var filter = process is not null ? ProcessFilter.Only(process.Name)
            : request.Processes is { Count: > 0 } names ? ProcessFilter.Only(ProjectSession.Select(session.Read(), names).Select(p => p.Name)) : ProcessFilter.Everything;
        var redact = session.Redactor();
        var cursor = LineCursor.Newest(session.Database)?.ToString();
        var tail = isReady ? new OutputHistory(session.Database).Before(long.MaxValue, filter, TailLines).Select(line => LineReport.Of(line, redact, session.Time)).ToList() : [];
        return new WaitReport(
            1, result, process?.Name, process?.State.ToText(), process is { } known && !known.State.IsUp() ? known.Exit?.Code : null, why, null, null,
            tail.Count > 0 && (result != "matched" || request.For == "exit") ? tail : null, cursor);
    }

    private static ProcessFilter FilterOf(IReadOnlyList<ProcessInfo> processes, WaitRequest request) =>
        request.Processes is { Count: > 0 } ? ProcessFilter.Only(processes.Select(p => p.Name)) : ProcessFilter.Everything;

    /// <exception cref="RequestException">It is no usable expression; the message says where.</exception>
    internal static void CheckPattern(string pattern, string name) => RegexOf(pattern, name);

    private static Regex RegexOf(string? pattern, string name = "pattern")
    {
        if (string.IsNullOrEmpty(pattern)) throw new RequestException(RequestException.BadRequestCode, "pattern: for=line needs a regular expression");
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            throw new RequestException(RequestException.BadPatternCode, $"{name}: look-around and back references are not available here");
        }
        catch (RegexParseException e)
        {
            throw new RequestException(RequestException.BadPatternCode, $"{name}: {e.Message} (at offset {e.Offset})");
        }
    }

    // The position up to which a call has searched.
    private sealed class Place(long after, long since)
    {
        public long After { get; set; } = after;

        public long Newest { get; set; } = -1;

        public long Since { get; set; } = since;
    }
}
