using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Hosting;

namespace OvermindGui.Daemon.Tests.Support;

/// <summary>A real daemon on a folder of its own, in this process; its children and its database are real too.</summary>
internal sealed class TestDaemon : IAsyncDisposable
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(60);

    // Shorter than the tests' own limit, which does not say what was awaited.
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(90);

    private readonly CancellationTokenSource _stop = new();
    private readonly TestFolder? _ownedFolder;
    private readonly Task<int> _life;
    private bool _hasFailed;

    private TestDaemon(DaemonOptions options, TestFolder? ownedFolder, TaskCompletionSource ready)
    {
        (Folder, _ownedFolder) = (options.Folder, ownedFolder);
        Database = OvermindDatabase.In(Folder);
        _life = Task.Run(() => DaemonHost.RunAsync(options, ready.SetResult, _stop.Token));
    }

    public ProjectFolder Folder { get; }

    public OvermindDatabase Database { get; }

    /// <summary>Completes when the daemon has ended, with what a foreground run ends with; faulted when it failed.</summary>
    public Task<int> Ended => _life;

    public static Task<TestDaemon> StartAsync(params string[] procfile) =>
        StartAsync(TerminalSize.Default, PipedProcesses.None, procfile);

    /// <summary>Its processes print into pipes.</summary>
    public static Task<TestDaemon> StartOverPipesAsync(params string[] procfile) =>
        StartAsync(TerminalSize.Default, PipedProcesses.Parse("true", "test"), procfile);

    public static Task<TestDaemon> StartAsync(TerminalSize window, PipedProcesses piped, params string[] procfile)
    {
        var folder = new TestFolder(string.Join('\n', procfile));
        return StartAsync(new DaemonOptions { Folder = folder.Folder, Detached = true, Window = window, Piped = piped }, folder);
    }

    public static Task<TestDaemon> StartAsync(ProjectFolder folder) => StartAsync(new DaemonOptions { Folder = folder, Detached = true }, null);

    public static Task<TestDaemon> StartAsync(DaemonOptions options) => StartAsync(options, null);

    /// <summary>With failure declarations, as the file holds them, and a clock whose long waits can be skipped.</summary>
    public static Task<TestDaemon> StartWithFailuresAsync(
        string declarations, FailureAction onFailure, TimeProvider time, params string[] procfile)
    {
        var folder = new TestFolder(string.Join('\n', procfile));
        File.WriteAllText(folder.Folder.Declarations, declarations);
        return StartAsync(new DaemonOptions { Folder = folder.Folder, Detached = true, OnFailure = onFailure, Time = time }, folder);
    }

    /// <summary>With a bound of its own to what it holds in memory while its database cannot be written.</summary>
    public static Task<TestDaemon> StartHoldingAsync(long heldOutput, params string[] procfile)
    {
        var folder = new TestFolder(string.Join('\n', procfile));
        return StartAsync(new DaemonOptions { Folder = folder.Folder, Detached = true, HeldOutput = heldOutput }, folder);
    }

    /// <summary>With bounds of its own to what is kept, and a clock whose long waits can be skipped.</summary>
    public static Task<TestDaemon> StartKeepingAsync(Retention retention, TimeProvider time, params string[] procfile)
    {
        var folder = new TestFolder(string.Join('\n', procfile));
        return StartAsync(new DaemonOptions { Folder = folder.Folder, Detached = true, Keep = RetentionLimits.Of(retention, "test"), Time = time, BootTime = time }, folder);
    }

    /// <summary>The same once more on a folder that a daemon has used before.</summary>
    public static Task<TestDaemon> StartKeepingAsync(ProjectFolder folder, Retention retention, TimeProvider time) =>
        StartAsync(new DaemonOptions { Folder = folder, Detached = true, Keep = RetentionLimits.Of(retention, "test"), Time = time, BootTime = time }, null);

    /// <summary>With flags, files of its own beside the Procfile (name, text), and a clock whose long waits can be skipped.</summary>
    public static Task<TestDaemon> StartPlannedAsync(
        PlanOptions plan, (string Name, string Text)[] files, TimeProvider time, params string[] procfile) =>
        StartPlannedAsync(plan, files, time, watch: false, procfile);

    public static Task<TestDaemon> StartPlannedAsync(
        PlanOptions plan, (string Name, string Text)[] files, TimeProvider time, bool watch, params string[] procfile)
    {
        var folder = new TestFolder(string.Join('\n', procfile));
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(folder.Folder.Root, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        return StartAsync(new DaemonOptions { Folder = folder.Folder, Detached = true, Plan = plan, Time = time, Watch = watch }, folder);
    }

    /// <summary>Its processes are run by the stand-in for overmind.</summary>
    public static Task<TestDaemon> StartWithOvermindAsync(params string[] procfile)
    {
        var folder = new TestFolder(string.Join('\n', procfile));
        return StartAsync(StandIn.Options(folder.Folder), folder);
    }

    /// <summary>The same with failure declarations.</summary>
    public static Task<TestDaemon> StartWithOvermindAsync(
        string declarations, FailureAction onFailure, TimeProvider time, params string[] procfile)
    {
        var folder = new TestFolder(string.Join('\n', procfile));
        File.WriteAllText(folder.Folder.Declarations, declarations);
        return StartAsync(StandIn.Options(folder.Folder, onFailure, time), folder);
    }

    public static Task<TestDaemon> StartWithOvermindAsync(ProjectFolder folder) => StartAsync(StandIn.Options(folder), null);

    private static async Task<TestDaemon> StartAsync(DaemonOptions options, TestFolder? ownedFolder)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var daemon = new TestDaemon(options, ownedFolder, ready);
        if (await Task.WhenAny(ready.Task, daemon._life) == daemon._life)
        {
            ownedFolder?.Dispose();
            await daemon._life;
        }

        return daemon;
    }

    public Task<CommandOutcome> SendAsync(CommandKind kind, string? process) =>
        new CommandClient(Database, TimeProvider.System).SendAsync(kind, process, CommandTimeout, TestContext.Current.CancellationToken);

    public Task<CommandOutcome> TypeAsync(string process, string text) =>
        new CommandClient(Database, TimeProvider.System).TypeAsync(process, text, TestContext.Current.CancellationToken);

    public ProcessInfo Info(string process) => new SystemReader(Database).Read().Processes.Single(p => p.Name == process);

    /// <summary>The current run of a process.</summary>
    public long? RunId(string process)
    {
        using var context = Database.CreateDbContext();
        return context.Statuses.Single(s => s.ProcessName == process).RunId;
    }

    /// <summary>Why each run of a process was started, oldest first.</summary>
    public IReadOnlyList<string> Causes(string process)
    {
        using var context = Database.CreateDbContext();
        var id = context.KnownProcesses.Single(p => p.Name == process).Id;
        return [.. context.Runs.Where(r => r.ProcessId == id).OrderBy(r => r.Id).Select(r => r.Cause)];
    }

    /// <summary>The names that are listed, in their order.</summary>
    public IEnumerable<string> Names => new SystemReader(Database).Read().Processes.Select(p => p.Name);

    /// <summary>Changes a file of the project as an editor does.</summary>
    public void Save(string name, string text)
    {
        var path = Path.Combine(Folder.Root, name);
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Waits for whatever the database can tell. A daemon that fails, or a wait that is too long, ends the test with its log.</summary>
    public async Task UntilAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string words = "")
    {
        using var watcher = new DatabaseChangeWatcher(Folder, TimeSpan.FromMilliseconds(100));
        var started = Stopwatch.GetTimestamp();
        while (!IsSo())
        {
            if (_life.IsFaulted || Stopwatch.GetElapsedTime(started) > WaitTimeout)
                Assert.Fail($"Still not so: {words}\n{_life.Exception}\n{File.ReadAllText(Folder.DaemonLog)}");
            await watcher.WaitAsync(TestContext.Current.CancellationToken);
        }

        bool IsSo()
        {
            try
            {
                return condition();
            }
            catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
            {
                return false; // a database that is just being written again
            }
        }
    }

    /// <summary>Waits until a process satisfies the condition.</summary>
    public async Task<ProcessInfo> WaitForAsync(
        string process, Func<ProcessInfo, bool> condition, [CallerArgumentExpression(nameof(condition))] string words = "")
    {
        ProcessInfo? info = null;
        await UntilAsync(() => condition(info = Info(process)), $"{process}: {words}");
        return info!;
    }

    public Task<ProcessInfo> WaitForEndAsync(string process) => WaitForAsync(process, p => p.State is ProcessState.Exited or ProcessState.Dead or ProcessState.Stopped);

    /// <summary>The failures of a process so far, oldest first.</summary>
    public IReadOnlyList<FailureHitInfo> Failures(string process) => [.. new FailureHistory(Database).Newest(process, 100).Reverse()];

    /// <summary>Waits until the daemon has said something about itself.</summary>
    public async Task<string> WaitForWordsAsync(string part)
    {
        string? words = null;
        await UntilAsync(
            () => (words = Lines("system").Select(l => l.Text).FirstOrDefault(t => t.Contains(part, StringComparison.Ordinal))) is not null,
            $"system says: {part}");
        return words!;
    }

    /// <summary>Waits until the process has printed this line.</summary>
    public Task WaitForLineAsync(string process, string text) => UntilAsync(() => Output(process).Any(l => l.Text == text), $"{process} prints: {text}");

    /// <summary>Waits until the notice behind the last line of a run is stored, and returns what the process printed.</summary>
    public async Task<IReadOnlyList<string>> OutputAfterEndAsync(string process)
    {
        await WaitForEndAsync(process);
        await UntilAsync(() => Lines(process).Any(l => l.Stream == LineSource.Notice && !l.Text.StartsWith("Started", StringComparison.Ordinal)));
        return [.. Output(process).Select(l => l.Text)];
    }

    /// <summary>All stored lines of a process, notices too.</summary>
    public IReadOnlyList<Line> Lines(string process)
    {
        using var context = Database.CreateDbContext();
        var id = context.KnownProcesses.Single(p => p.Name == process).Id;
        return [.. context.Lines.AsNoTracking().Where(l => l.ProcessId == id).OrderBy(l => l.Id)];
    }

    /// <summary>What the process itself printed.</summary>
    public IEnumerable<Line> Output(string process) => Lines(process).Where(l => l.Stream != LineSource.Notice);

    /// <summary>Waits until the daemon has failed, as it should.</summary>
    public async Task<T> FailureAsync<T>()
        where T : Exception
    {
        var failure = await Assert.ThrowsAsync<T>(() => _life);
        _hasFailed = true;
        return failure;
    }

    /// <summary>Waits until a line of the process satisfies the condition.</summary>
    public async Task<string> WaitForAnyLineAsync(string process, Func<string, bool> condition)
    {
        Line? line = null;
        await UntilAsync(() => (line = Lines(process).FirstOrDefault(l => condition(l.Text))) is not null, $"a line of {process}");
        return line!.Text;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _life;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_hasFailed) await StopAsync();
        _stop.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _ownedFolder?.Dispose();
    }
}
