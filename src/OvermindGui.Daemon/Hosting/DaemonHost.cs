using OvermindGui.Core.Data;
using OvermindGui.Core.Processes;
using OvermindGui.Core.Procfiles;
using OvermindGui.Core.Projects;
using OvermindGui.Daemon.Overmind;
using OvermindGui.Daemon.Storage;
using Serilog.Extensions.Logging;

namespace OvermindGui.Daemon.Hosting;

/// <summary>A daemon's life: lock, Procfile, database, processes; then commands until it is told to end; then all of it backwards.</summary>
public static class DaemonHost
{
    /// <returns>When the daemon has ended, its processes before it.</returns>
    /// <param name="ready">Called once the daemon serves.</param>
    /// <param name="stop">Asks it to end as <c>quit</c> does.</param>
    /// <exception cref="StartupException">It cannot start; the message is for the person who tried.</exception>
    public static async Task RunAsync(DaemonOptions options, Action ready, CancellationToken stop)
    {
        var time = options.Time;
        var folder = options.Folder;
        var overmind = options.Mode == DaemonMode.Overmind ? OvermindTools.Find(options.SearchPath) : null;
        using var daemonLock = Acquire(folder);
        await using var log = DaemonLog.Open(folder, options);
        using var loggers = new SerilogLoggerFactory(log);
        try
        {
            var procfile = Load(folder);
            if (options.Piped.Problem([.. procfile.Entries.Select(e => e.Name)]) is { } problem) throw new StartupException(problem);
            var (database, warning) = new DatabaseOpener(folder, time).Open();
            var registration = Registration.Write(database, Describe(options, procfile, warning, time), procfile, time);
            log.Information("Daemon {Version} serves {Folder}", ProductVersion.Text, folder);
            await using var daemon = new ServingDaemon(database, registration, procfile, options, overmind, time, loggers);
            await daemon.RunAsync(warning, ready, stop);
            log.Information("Daemon ended");
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
                $"Cannot write to {folder}: {e.Message}\nThe daemon keeps its database, log and PID file there; make the folder writable", e);
        }
    }

    private static Procfile Load(ProjectFolder folder)
    {
        try
        {
            var procfile = Procfile.Load(folder.Procfile);
            return procfile.Entries.Count > 0
                ? procfile
                : throw new StartupException(string.Join('\n', procfile.Problems.Prepend(new ProcfileProblem(0, $"nothing to run in {folder.Procfile}"))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"Procfile not found in {folder}: {e.Message}", e);
        }
    }

    private static DaemonRecord Describe(DaemonOptions options, Procfile procfile, string? warning, TimeProvider time) => new()
    {
        Pid = Environment.ProcessId,
        Mode = options.Mode.ToText(),
        Version = ProductVersion.Text,
        WorkingDirectory = options.Folder.Root,
        StartedAt = time.Seconds(),
        ProcfileProblems = procfile.Problems.Count == 0 ? null : string.Join('\n', procfile.Problems),
        Warning = warning,
    };
}
