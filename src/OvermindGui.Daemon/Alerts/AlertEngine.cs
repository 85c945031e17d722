using System.Collections.Concurrent;
using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Timing;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Resources;

namespace OvermindGui.Daemon.Alerts;

/// <summary>
/// Evaluates the alert rules at each heartbeat, from states, output and measurements that others report, and hands what fires to
/// <see cref="AlertSender"/>. Nothing here waits.
/// </summary>
internal sealed class AlertEngine(
    IAlertPlan plan, Registration registration, WriteQueue queue, ProjectFolder folder, EventRecorder recorder, LineObserver lines, AlertSender sender,
    OvermindDatabase database, TimeProvider time) : IMeasurementListener
{
    private static readonly TimeSpan CrashLoopEnd = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DiskInterval = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (StatusUpdate Status, long Since)> _states = new(); // Since: of the run
    private readonly ConcurrentDictionary<string, (ProcessMeasurement Measured, long At)> _measured = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Rule, string? Process), Progress> _progress = [];
    private IReadOnlyList<AlertRule> _rules = [];
    private IReadOnlyList<PlannedProcess> _processes = [];
    private Dictionary<int, IReadOnlyList<LineObserver.Watched>> _watched = [];
    private (long? Free, long At) _disk;

    private sealed class Progress
    {
        public long? HoldsSince { get; set; }

        public long? FiredAt { get; set; }

        /// <summary>The hit whose end is still to come.</summary>
        public string? OpenMessage { get; set; }
    }

    public bool NeedsMeasurements => _rules.Any(r => r.When is MemoryCondition or CpuCondition);

    public void Take(IReadOnlyList<ProcessMeasurement> measurements)
    {
        var now = time.GetTimestamp();
        foreach (var measurement in measurements) _measured[measurement.Process.Name] = (measurement, now);
    }

    /// <summary>A process has another state. Called by everything that records one.</summary>
    public void Observe(string process, StatusUpdate status)
    {
        _states.AddOrUpdate(
            process, _ => (status, time.GetTimestamp()),
            (_, before) => (status, before.Status.RunId == status.RunId ? before.Since : time.GetTimestamp()));
        // Its first line may match already.
        if (status.State != ProcessState.Starting) return;
        lock (_gate) FollowPlan();
    }

    /// <summary>Evaluates until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        sender.RestoreMutes(database);
        while (true)
        {
            lock (_gate)
            {
                FollowPlan();
                foreach (var rule in _rules) Evaluate(rule);
            }

            await Heartbeat.UntilAsync(() => _rules.Count > 0 || plan.Read().Rules.Count > 0, cancellationToken);
        }
    }

    /// <summary>Null when there is such a rule; otherwise which there are.</summary>
    public string? FindProblem(string name) => plan.Read().Rules is var rules && rules.Any(r => r.Name == name)
        ? null
        : $"No alert \"{name}\" (known: {string.Join(", ", rules.Select(r => r.Name).DefaultIfEmpty("none"))})";

    /// <summary>Carries out the actions of a rule once, except those that restart or stop processes.</summary>
    public void Test(string name)
    {
        var (rules, processes) = plan.Read();
        if (rules.FirstOrDefault(r => r.Name == name) is not { } rule) return;
        var process = processes.FirstOrDefault(p => rule.When is not DiskCondition && rule.Covers(p))?.Name;
        sender.Fire(rule, process, RunOf(process), $"{(process is null ? "" : $"{process}: ")}a test of \"{rule.When}\"", AlertState.Test);
    }

    private RunIdentity? RunOf(string? process) =>
        process is not null && _states.TryGetValue(process, out var state) && state.Status.RunId is { } run ? new RunIdentity(registration.IdOf(process, queue), run) : null;

    private void FollowPlan()
    {
        var (rules, processes) = plan.Read();
        if (ReferenceEquals(rules, _rules) && processes.Select(p => p.Name).SequenceEqual(_processes.Select(p => p.Name))) return;
        (_rules, _processes) = (rules, processes);
        _watched = processes
            .Select(p => (Id: registration.IdOf(p.Name, queue), Rules: rules.Where(r => r.When is PrintsCondition && r.Covers(p)).ToList()))
            .Where(p => p.Rules.Count > 0)
            .ToDictionary(p => p.Id, IReadOnlyList<LineObserver.Watched> (p) => [.. p.Rules.Select(WatchFor)]);
        lines.Watch(_watched);
        foreach (var gone in _progress.Keys.Where(k => rules.All(r => r.Name != k.Rule)).ToList()) _progress.Remove(gone);
    }

    private LineObserver.Watched WatchFor(AlertRule rule) => new(
        rule, new BudgetedRegex(((PrintsCondition)rule.When).Pattern, time),
        name => recorder.SystemNotice($"The pattern of the alert \"{name}\" takes too long and is not looked for until the settings change", LineLevel.Warn));

    private void Evaluate(AlertRule rule)
    {
        if (rule.When is DiskCondition disk)
        {
            Follow(rule, null, FreeDisk() is { } free && free < disk.Below, () => $"{ByteSize.Of(FreeDisk() ?? 0)} free in {folder.Data}");
            return;
        }

        foreach (var process in _processes)
            if (rule.Covers(process) && _states.TryGetValue(process.Name, out var state)) Evaluate(rule, process, state.Status, state.Since);
    }

    private void Evaluate(AlertRule rule, PlannedProcess process, StatusUpdate status, long since)
    {
        var name = process.Name;
        var isUp = status.State == ProcessState.Running;
        switch (rule.When)
        {
            case FailsCondition:
                var hasFailed = status.State is ProcessState.Dead or ProcessState.Broken or ProcessState.CrashLoop || (status.State == ProcessState.Waiting && status.Crashes > 0);
                if (!hasFailed && status.State is ProcessState.Starting or ProcessState.Stopping or ProcessState.Waiting) return; // not decided yet
                Follow(rule, name, hasFailed, () => $"{name} failed: {status.Reason ?? status.Exit?.ToString() ?? "it ended"}");
                break;
            case CrashLoopCondition:
                if (status.State is ProcessState.Starting) return;
                Follow(rule, name, status.Crashes >= ProcessInfo.CrashLoop && !(isUp && time.GetElapsedTime(since) > rule.Debounce + CrashLoopEnd),
                    () => $"{name} is in a crash loop: {status.Reason ?? "it ended again"}");
                break;
            case UnhealthyCondition:
                Follow(rule, name, isUp && status.Healthy == false, () => $"{name} is unhealthy: {status.Reason}");
                break;
            case NotReadyCondition late:
                Follow(rule, name, isUp && status.Ready == false && time.GetElapsedTime(since) >= late.After,
                    () => $"{name} {rule.When}{(status.Reason is { } reason ? $": {reason}" : "")}");
                break;
            case SilentCondition silent:
                var last = Math.Max(since, lines.LastOutput(registration.IdOf(name, queue)) ?? since);
                Follow(rule, name, isUp && time.GetElapsedTime(last) >= silent.For, () => $"{name} {rule.When}");
                break;
            case PrintsCondition:
                if (_watched.GetValueOrDefault(registration.IdOf(name, queue))?.FirstOrDefault(w => w.Rule == rule)?.Take(time) is { } line)
                    Fire(rule, name, $"{name} {rule.When}: {(line.Length > 200 ? line[..200] + "…" : line)}", ProgressOf(rule, name), ends: false);
                break;
            case MemoryCondition memory:
                FollowUse(rule, name, isUp, m => m.Memory > memory.Above, memory.For, m => $"{name}: {rule.When} ({ByteSize.Of(m.Memory)})");
                break;
            case CpuCondition cpu:
                FollowUse(rule, name, isUp, m => m.Cpu > cpu.Above, cpu.For, m => string.Create(CultureInfo.InvariantCulture, $"{name}: {rule.When} ({m.Cpu:0} %)"));
                break;
        }
    }

    private void FollowUse(
        AlertRule rule, string process, bool isUp, Func<ProcessMeasurement, bool> isAbove, TimeSpan span, Func<ProcessMeasurement, string> message)
    {
        if (!_measured.TryGetValue(process, out var last)) return;
        Follow(rule, process, isUp && isAbove(last.Measured), () => message(last.Measured), span);
    }

    /// <param name="holds">Whether the condition holds now.</param>
    /// <param name="span">For how long it has to, beside the debounce.</param>
    private void Follow(AlertRule rule, string? process, bool holds, Func<string> message, TimeSpan span = default)
    {
        var progress = ProgressOf(rule, process);
        if (!holds)
        {
            progress.HoldsSince = null;
            if (progress.OpenMessage is not { } open) return;
            progress.OpenMessage = null;
            if (rule.NotifiesEnd) sender.Resolve(rule, process, RunOf(process), open);
            else sender.RecordEnd(rule, process);
            return;
        }

        progress.HoldsSince ??= time.GetTimestamp();
        if (progress.OpenMessage is null && time.GetElapsedTime(progress.HoldsSince.Value) >= (span > rule.Debounce ? span : rule.Debounce))
            Fire(rule, process, message(), progress, ends: true);
    }

    private void Fire(AlertRule rule, string? process, string message, Progress progress, bool ends)
    {
        if (progress.FiredAt is { } last && time.GetElapsedTime(last) < rule.Cooldown) return;
        if (sender.IsMuted(rule.Name)) return;
        progress.FiredAt = time.GetTimestamp();
        if (ends) progress.OpenMessage = message;
        sender.Fire(rule, process, RunOf(process), message, AlertState.Firing);
    }

    private Progress ProgressOf(AlertRule rule, string? process)
    {
        if (_progress.TryGetValue((rule.Name, process), out var known)) return known;
        return _progress[(rule.Name, process)] = new Progress();
    }

    private long? FreeDisk()
    {
        if (_disk.At == 0 || time.GetElapsedTime(_disk.At) >= DiskInterval)
        {
            try
            {
                _disk = (new DriveInfo(folder.Data).AvailableFreeSpace, time.GetTimestamp());
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _disk = (null, time.GetTimestamp());
            }
        }

        return _disk.Free;
    }
}

/// <summary>The rules and processes of the plan as it is now.</summary>
internal interface IAlertPlan
{
    (IReadOnlyList<AlertRule> Rules, IReadOnlyList<PlannedProcess> Processes) Read();

    /// <summary>A variable of the project's files or of the environment; null when it is not set.</summary>
    string? Variable(string name);
}
