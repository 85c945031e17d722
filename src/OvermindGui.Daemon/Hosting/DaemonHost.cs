using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.OvermindBackend;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;
using Serilog.Extensions.Logging;

namespace OvermindGui.Daemon.Hosting;

/// <summary>Runs a daemon: lock, Procfile, database, processes; serves commands until shutdown; then stops in reverse order.</summary>
public static class DaemonHost
{
    /// <returns>
    /// What a foreground run ends with: 0, or the highest exit code of the processes when one of them ended everything. The processes have
    /// ended before it.
    /// </returns>
    /// <param name="ready">Called once the daemon serves.</param>
    /// <param name="stop">Asks it to end as <c>quit</c> does.</param>
    /// <param name="kill">Asks it, once it ends, to wait for no process any longer.</param>
    /// <exception cref="StartupException">The daemon cannot start; the message is meant for the user.</exception>
    public static async Task<int> RunAsync(DaemonOptions options, Action ready, CancellationToken stop, CancellationToken kill = default)
    {
        var time = options.Time;
        var folder = options.Folder;
        var overmind = options.Mode == DaemonMode.Overmind ? OvermindTools.Find(options.SearchPath) : null;
        if (OwnFiles.FindProblem(folder) is { } foreign) throw new StartupException(foreign);
        using var daemonLock = Acquire(folder);
        var log = DaemonLog.Open(folder, options);
        await using var closing = new LogClosing(log);
        using var loggers = new SerilogLoggerFactory(log);
        try
        {
            DaemonStart? start = null;
            // Beside what follows, which mostly waits for the disk: it needs nothing of it before the first part is made.
            var building = Task.Run(() => DaemonServices.Build(() => start!, options, overmind, loggers), CancellationToken.None);
            var source = new PlanSource(folder, options);
            var plan = Load(folder, source);
            if (options.Piped.Problem([.. plan.Processes.SelectMany(p => new[] { p.Entry, p.Name }).Distinct()]) is { } problem)
                throw new StartupException(problem);
            var hub = options.Hub.Resolve(plan);
            var otlp = options.Otlp.Resolve(plan, options.Hub.Host);
            var opener = new DatabaseOpener(folder, time);
            var (database, warning) = opener.Open();
            OrphanScan orphans;
            Registration registration;
            try
            {
                (orphans, registration) = Register();
            }
            catch (SqliteException e) when (SqliteErrors.IsDamaged(e))
            {
                warning = opener.StartAnew();
                (orphans, registration) = Register();
            }

            log.Information("Daemon {Version} serves {Folder}", ProductVersion.Text, folder);
            start = new DaemonStart(database, registration, plan, source, orphans, warning, hub, otlp);
            var host = await building;
            await using var disposing = (IAsyncDisposable)host;
            await using var presence = new PresenceWatch(daemonLock, folder, time, loggers.CreateLogger<PresenceWatch>(), stop);
            var exitCode = await host.Services.GetRequiredService<DaemonLife>().RunAsync(host, ready, presence.End, kill);
            log.Information("Daemon ended");
            return exitCode;

            (OrphanScan, Registration) Register()
            {
                var left = OrphanScan.Divide(UnfinishedRuns.Find(database), plan, options.Orphans);
                return (left, Registration.Write(database, Describe(options, plan, warning, time), plan, left.ToAdopt, time));
            }
        }
        catch (Exception e) when (e is StartupException or OvermindEndedException)
        {
            // No fault of ours: the caller prints the reason, and the log keeps it.
            log.ForContext(DaemonLog.Printed, true).Error("{Reason}", e.Message);
            throw;
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            log.ForContext(DaemonLog.Printed, true).Error("{Database} cannot be written: {Reason}", folder.Database, e.Message);
            throw new StartupException($"{folder.Database} cannot be written ({e.Message}); {SqliteErrors.WhatHelps}", e);
        }
        catch (Exception e)
        {
            log.Fatal(e, "Daemon failed");
            throw;
        }
    }

    private static DaemonLock Acquire(ProjectFolder folder)
    {
        try
        {
            return DaemonLock.TryAcquire(folder)
                ?? throw new StartupException($"A daemon is already running in {folder} (PID {DaemonLock.ReadPid(folder)})");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"Cannot write to {folder.Data}: {e.Message}\nThe daemon keeps its database, log and PID file there; make room, or make the folder writable", e);
        }
    }

    private static ProjectPlan Load(ProjectFolder folder, PlanSource source)
    {
        var plan = source.Load(source.Options);
        if (plan.CanStart) return plan;
        var errors = plan.Problems.Where(p => p.Severity != ProblemSeverity.Hint).Select(p => p.ToString());
        throw new StartupException(string.Join('\n', errors.Prepend($"Nothing can be started in {folder}:")));
    }

    private static DaemonRecord Describe(DaemonOptions options, ProjectPlan plan, string? warning, TimeProvider time) => new()
    {
        Pid = Environment.ProcessId,
        Mode = options.Mode.ToText(),
        Version = ProductVersion.Text,
        WorkingDirectory = options.Folder.Root,
        StartedAt = time.Seconds(),
        ProcfileProblems = PlanMessages.Problems(plan) is { Count: > 0 } problems ? string.Join('\n', problems) : null,
        Warning = warning,
        Options = PlanOptionsJson.Write(options.Plan),
    };
}
