using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Supervision.Failures;

/// <summary>
/// Keeps the active declarations equal to the file, whichever program changes it. Problems in the file are reported in the log of
/// <c>system</c>, and the last valid declarations stay active.
/// </summary>
internal sealed class FailureDeclarationStore : IDisposable
{
    private const int MostProblems = 20;

    private readonly DeclarationsFile _file;
    private readonly ConcurrentDictionary<string, (string Entry, ActiveDeclarations InForce)> _processes = new();
    private readonly FailureAction _defaultAction;
    private readonly EventRecorder _recorder;
    private readonly TimeProvider _time;
    private readonly ILogger<FailureDeclarationStore> _logger;
    private readonly DatabaseChangeWatcher _watcher;
    private readonly ConcurrentQueue<(string Process, FailureDeclaration Declaration)> _runaways = new();
    private DeclarationsSnapshot? _seen;
    private DeclarationsReading? _reading; // the last good one
    private bool _broken;
    private bool _starting = true; // the declarations at the start are not reported as a change

    public FailureDeclarationStore(
        ProjectFolder folder, DaemonOptions options, EventRecorder recorder, TimeProvider time, ILogger<FailureDeclarationStore> logger)
    {
        _defaultAction = options.OnFailure;
        (_file, _recorder, _time, _logger) = (new DeclarationsFile(folder, time), recorder, time, logger);
        _watcher = DatabaseChangeWatcher.OfDeclarations(folder);
    }

    /// <summary>The active declarations of a process; all instances share those of their entry.</summary>
    public ActiveDeclarations Of(string process, string entry)
    {
        var active = _processes.GetOrAdd(process, _ => (entry, new ActiveDeclarations(_defaultAction))).InForce;
        if (_reading is { } reading && active.Matcher is null) active.Matcher = Compile(process, Declared(reading, process, entry));
        return active;
    }

    /// <summary>Activates the current content of the file.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        while (_file.TakeSnapshot() is var snapshot && !snapshot.IsSameAs(_seen))
        {
            if (snapshot.IsUnsettled)
            {
                await Task.Delay(DeclarationsFile.SettlingTime, _time, cancellationToken);
                if (!snapshot.IsSameAs(_file.TakeSnapshot())) continue;
            }

            _seen = snapshot;
            if (snapshot.Reading.Problems.Count > 0) await RefuseAsync(snapshot.Reading.Problems);
            else await ApplyAsync(snapshot.Reading);
        }
    }

    /// <summary>Follows the file until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _watcher.WaitAsync(cancellationToken);
            while (_runaways.TryDequeue(out var runaway)) await NoticeRunawayAsync(runaway.Process, runaway.Declaration);
            await LookAsync(cancellationToken);
        }
    }

    public void Dispose() => _watcher.Dispose();

    private async Task RefuseAsync(IReadOnlyList<Problem> problems)
    {
        _broken = true;
        foreach (var problem in problems.Take(MostProblems)) await NoticeAsync(problem.ToString());
        if (problems.Count > MostProblems) await NoticeAsync($"… and {problems.Count - MostProblems} more problems");
        await NoticeAsync(
            _processes.Values.Any(p => p.InForce.Matcher is not null)
                ? "The previous failure declarations stay active"
                : "No failure declarations are active");
    }

    private async Task ApplyAsync(DeclarationsReading reading)
    {
        _reading = reading;
        foreach (var (name, (entry, process)) in _processes)
        {
            // One that has not changed is kept, and with it what is known of its expressions.
            var declarations = Declared(reading, name, entry);
            if (declarations.SequenceEqual(process.Matcher?.Declarations ?? [])) continue;
            process.Matcher = Compile(name, declarations);
            if (!_starting) _recorder.SystemNotice($"Failure declarations of {name} are active: {Listed(declarations)}");
        }

        _starting = false;

        var active = _processes.Where(p => p.Value.InForce.Matcher is not null).Select(p => $"{p.Key} {p.Value.InForce.Matcher!.Declarations.Count}");
        _logger.LogInformation("Active failure declarations: {Declarations}", string.Join(", ", active.DefaultIfEmpty("none")));
        if (_broken) await NoticeAsync($"{ProjectFolder.DeclarationsFileName} is in order again");
        _broken = false;
        foreach (var name in reading.ByProcess.Keys.Where(name => !_processes.Any(p => p.Key == name || p.Value.Entry == name)))
            await NoticeAsync($"{ProjectFolder.DeclarationsFileName}: there is no process {VisibleText.Of(name)} in the Procfile; its declarations have no effect");
    }

    private static string Listed(IReadOnlyList<FailureDeclaration> declarations) =>
        string.Join(", ", declarations.Select(d => $"\"{VisibleText.Of(d.Pattern)}\"").DefaultIfEmpty("none"));

    private static IReadOnlyList<FailureDeclaration> Declared(DeclarationsReading reading, string process, string entry) =>
        process == entry ? reading.For(process) : [.. reading.For(process), .. reading.For(entry)];

    private FailureMatcher? Compile(string process, IReadOnlyList<FailureDeclaration> declarations) => declarations.Count == 0
        ? null
        : new FailureMatcher(declarations, _time, declaration =>
        {
            _runaways.Enqueue((process, declaration));
            _watcher.Notify();
        });

    private Task NoticeRunawayAsync(string process, FailureDeclaration declaration) => NoticeAsync(
        $"The failure declaration \"{VisibleText.Of(declaration.Pattern)}\" takes too long on the output of {process}; "
        + $"it is out of force until the declarations of {process} change");

    private async Task NoticeAsync(string what)
    {
        _logger.LogWarning("{What}", what);
        _recorder.SystemNotice(what);
    }
}
