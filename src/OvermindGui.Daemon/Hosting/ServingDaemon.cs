using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Control;
using OvermindGui.Daemon.Failures;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.OvermindBackend;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.Hosting;

/// <summary>The parts of a daemon, put together, and the order in which they begin and end.</summary>
internal sealed class ServingDaemon : IAsyncDisposable
{
    private static readonly TimeSpan CommandSafetyInterval = TimeSpan.FromSeconds(1);
    // Stubborn processes take seven seconds to end; a database that cannot be written then has a few more to recover.
    private static readonly TimeSpan LastWriteTimeout = TimeSpan.FromSeconds(15);

    private readonly OvermindDatabase _database;
    private readonly ProjectPlan _plan;
    private readonly WriteQueue _queue = new();
    private readonly CancellationTokenSource _giveUp = new();
    private readonly DatabaseChangeWatcher _bell;
    private readonly EventRecorder _recorder;
    private readonly BatchWriter _writer;
    private readonly ClearedLinePurger _removal;
    private readonly RetentionService _pruning;
    private readonly FailureDeclarationStore _declarations;
    private readonly OrphanScan _orphans;
    private readonly OrphanTerminator _orphanEnding;
    private readonly ISupervisor _supervisor;
    private readonly PlanWatch? _planWatch;
    private readonly CommandDispatcher _dispatcher;
    private readonly CommandReader _commands;
    private readonly ControlServer _server;

    public ServingDaemon(
        OvermindDatabase database, Registration registration, ProjectPlan plan, PlanSource source, OrphanScan orphans,
        DaemonOptions options, OvermindTools? overmind, TimeProvider time, ILoggerFactory loggers)
    {
        _database = database;
        _plan = plan;
        _orphans = orphans;
        _bell = new DatabaseChangeWatcher(database.Folder, CommandSafetyInterval);
        if (_bell.WatchFailure is { } failure) loggers.CreateLogger<DatabaseChangeWatcher>().LogWarning("{Failure}", failure);
        _recorder = new EventRecorder(_queue, registration.SystemProcessId, registration.DaemonId, time);
        _writer = new BatchWriter(database, _queue, new WriteBuffer(options.HeldOutput), new DatabaseRecovery(database, registration, time),
            new StorageFaultFile(database.Folder), time, loggers.CreateLogger<BatchWriter>());
        _orphanEnding = new OrphanTerminator(_recorder, time, loggers.CreateLogger<OrphanTerminator>());
        _removal = new ClearedLinePurger(database, _queue, time, loggers.CreateLogger<ClearedLinePurger>());
        var clock = new ClockJumps(time, options.BootTime);
        if (registration.NewestLine is { } newest) clock.BeginBehind(newest);
        _pruning = new RetentionService(database, _queue, options.Retention, clock, time, loggers.CreateLogger<RetentionService>());
        var runs = new RunNumbers(registration.LastRunId);
        _declarations = new FailureDeclarationStore(
            database.Folder, options.OnFailure, _recorder, time, loggers.CreateLogger<FailureDeclarationStore>());
        var native = overmind is null ? Native(registration, source, runs, options, time, loggers) : null;
        _planWatch = native is null ? null : new PlanWatch(native, _recorder, options.Watch, time);
        _supervisor = native
            ?? (ISupervisor)OvermindMode.Create(overmind!, options, registration, plan, _declarations, _recorder, runs, _queue, time, loggers);
        _dispatcher = new CommandDispatcher(_supervisor, _recorder, time, loggers.CreateLogger<CommandDispatcher>());
        _commands = new CommandReader(database, _dispatcher, _recorder, _bell, loggers.CreateLogger<CommandReader>());
        _server = new ControlServer(
            database.Folder, [new CommandRequestHandler(_dispatcher, _recorder), new StatusRequestHandler(database.Folder)],
            loggers.CreateLogger<ControlServer>());
    }

    private Supervisor Native(Registration registration, PlanSource source, RunNumbers runs, DaemonOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        var changes = new StateSignal(time);
        var factory = new ProcessFactory(
            registration, _queue, options, _declarations, ChildLauncher.Create(_database.Folder, _queue, time), _recorder, runs, changes, time,
            loggers.CreateLogger<SupervisedProcess>());
        return new Supervisor(_plan, source, _orphans.ToAdopt, factory, _recorder, changes);
    }

    /// <returns>What a foreground run ends with.</returns>
    public async Task<int> RunAsync(string? warning, Action ready, CancellationToken stop)
    {
        var writing = Task.Run(() => _writer.RunAsync(_giveUp.Token), CancellationToken.None);
        await AnnounceAsync(warning);
        await _declarations.LookAsync(CancellationToken.None);
        await StartAllAsync(writing);
        _server.Open();
        if (_server.Notice is { } notice) _recorder.SystemNotice(notice);
        await _recorder.StoredAsync(CancellationToken.None);
        using var closing = new CancellationTokenSource();
        var serving = _server.RunAsync(closing.Token);
        try
        {
            return await ServeAsync(ready, writing, stop);
        }
        finally
        {
            // Last of all: until everything has ended there are requests to answer.
            _dispatcher.AnswerEnd(new CommandOutcome(false, "The daemon failed; see its log")); // unless it has been answered
            await closing.CancelAsync();
            await serving;
            await _server.DisposeAsync();
        }
    }

    private async Task<int> ServeAsync(Action ready, Task writing, CancellationToken stop)
    {
        ready();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var watching = _declarations.RunAsync(end.Token);
        var stopped = Task.Delay(Timeout.Infinite, end.Token);
        var commands = _commands.RunAsync(end.Token);
        var planning = _planWatch?.RunAsync(end.Token) ?? Task.CompletedTask;
        await using (_removal.Begin())
        await using (_pruning.Begin())
            await Task.WhenAny(_dispatcher.QuitRequested, stopped, commands, _writer.Failed, _supervisor.Failed, _supervisor.EndedByRule, watching);
        await end.CancelAsync();
        await planning;

        // Whatever ended it, nothing that it started is left behind.
        var exitCode = await EndAsync(writing);
        await watching;
        if (_supervisor.Failed.IsFaulted) await _supervisor.Failed;
        return exitCode;
    }

    public ValueTask DisposeAsync()
    {
        _bell.Dispose();
        _declarations.Dispose();
        _giveUp.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AnnounceAsync(string? warning)
    {
        _recorder.SystemNotice(
            $"Daemon {ProductVersion.Text} started with PID {Environment.ProcessId}, {_plan.Processes.Count} processes");
        if (warning is not null) _recorder.SystemNotice(warning);
        foreach (var problem in PlanMessages.Told(_plan)) _recorder.SystemNotice(problem);
        _recorder.SystemNotice($"The rule in force: {_plan.Settings.Ends}");
    }

    private async Task StartAllAsync(Task writing)
    {
        try
        {
            await _orphanEnding.EndAsync(_orphans.ToEnd, "left by a daemon that was killed", _plan);
            await _supervisor.StartAllAsync();
        }
        catch (StartupException e)
        {
            foreach (var line in e.Message.Split('\n')) _recorder.SystemNotice(line);
            await EndAsync(writing);
            throw;
        }
    }

    // Nothing of ours is left behind, whoever started it: what no process's end has found is found here.
    private async Task EndRestAsync()
    {
        try
        {
            await _orphanEnding.EndAsync(UnfinishedRuns.Find(_database), "left by a process that had ended", _plan);
        }
        catch (StartupException e)
        {
            _recorder.SystemNotice(e.Message);
        }
    }

    private async Task<int> EndAsync(Task writing)
    {
        _giveUp.CancelAfter(LastWriteTimeout);
        var reason = _supervisor.EndedByRule.IsCompleted ? await _supervisor.EndedByRule : null;
        if (reason is not null) _recorder.SystemNotice($"Everything is stopped: {reason}");
        await _supervisor.DisposeAsync();
        if (_planWatch is not null) await EndRestAsync(); // overmind ends its own
        if (reason is not null) _recorder.EndReason(reason, _supervisor.HighestExitCode);
        await _dispatcher.DrainAsync();
        _recorder.SystemNotice("Daemon ended");
        var outcome = new CommandOutcome(true, "Daemon stopped");
        _dispatcher.RecordEnd(outcome);
        _recorder.DaemonEnded();
        _queue.Complete();
        await writing;
        _dispatcher.AnswerEnd(_writer.Failed.IsCompleted ? new CommandOutcome(false, "The daemon ended, but not all that it had to store is stored; see its log") : outcome);
        if (_writer.Failed.IsCompleted) throw new InvalidOperationException("Storing failed", await _writer.Failed);

        await using var connection = _database.OpenConnection();
        WriteAheadLog.Finish(connection, _database.Folder.Database + "-wal");
        return reason is null ? 0 : _supervisor.HighestExitCode;
    }
}
