using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.EndToEnd.Support;

/// <summary><c>overmind-gui server</c> (or <c>web</c>) on a folder, started from another folder. Whatever a test does, nothing of it is left behind.</summary>
internal sealed partial class Server : IAsyncDisposable
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    private static readonly Dictionary<string, string> NoVariables = [];

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Server(string file, ProjectFolder folder, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        Folder = folder;
        _process = new Process { StartInfo = Cli.StartInfo(file, Path.GetTempPath(), arguments), EnableRaisingEvents = true };
        foreach (var (name, value) in environment) _process.StartInfo.Environment[name] = value;
        _process.OutputDataReceived += (_, e) => Hear(e.Data);
        _process.ErrorDataReceived += (_, e) => Hear(e.Data);
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException($"The server ended:\n{Output}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public ProjectFolder Folder { get; }

    public int Pid => _process.Id;

    public Uri Address { get; private set; } = null!;

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Serves a folder; returns when the address is printed.</summary>
    public static Task<Server> StartAsync(ProjectFolder folder, params string[] options) => StartAsync(folder, NoVariables, options);

    /// <summary>The same with variables of its own.</summary>
    public static Task<Server> StartAsync(ProjectFolder folder, IReadOnlyDictionary<string, string> environment, params string[] options) =>
        StartAsync(Published.Executable, "server", folder, environment, options);

    /// <summary>The same by another executable than the published one.</summary>
    public static Task<Server> StartAsync(InstalledProduct product, ProjectFolder folder) =>
        StartAsync(product.Executable, "server", folder, product.Environment, []);

    /// <summary>Serves a folder by <c>start</c>, with the words behind it.</summary>
    public static Task<Server> StartByVerbAsync(ProjectFolder folder, params string[] words) => LaunchAsync(
        Published.Executable, folder, NoVariables, ["start", "--working-dir", folder.Root, "--port", $"{Ports.Next()}", .. words]);

    /// <summary>Serves a folder without a daemon.</summary>
    public static Task<Server> StartDashboardAsync(ProjectFolder folder, params string[] options) =>
        StartAsync(Published.Executable, "web", folder, NoVariables, options);

    /// <summary>Serves a folder on the port that the product chooses.</summary>
    public static Task<Server> StartOnAnyPortAsync(ProjectFolder folder) =>
        LaunchAsync(Published.Executable, folder, NoVariables, ["server", folder.Root]);

    private static Task<Server> StartAsync(
        string file, string command, ProjectFolder folder, IReadOnlyDictionary<string, string> environment, string[] options) =>
        LaunchAsync(file, folder, environment, [command, folder.Root, .. options.Contains("--port") ? [] : (string[])["--port", $"{Ports.Next()}"], .. options]);

    private static async Task<Server> LaunchAsync(
        string file, ProjectFolder folder, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var server = new Server(file, folder, environment, arguments);
        try
        {
            server.Address = await server._address.Task.WaitAsync(TestContext.Current.CancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public SystemSnapshot Snapshot() => new SystemReader(OvermindDatabase.In(Folder)).Read();

    /// <summary>Waits for the first line that a process prints.</summary>
    public async Task<string> FirstLineOfAsync(string process)
    {
        using var watcher = new DatabaseChangeWatcher(Folder, TimeSpan.FromMilliseconds(100));
        while (true)
        {
            using (var context = OvermindDatabase.In(Folder).CreateDbContext())
            {
                var id = context.KnownProcesses.Single(p => p.Name == process).Id;
                var first = context.Lines.Where(l => l.ProcessId == id && l.Stream != LineSource.Notice).OrderBy(l => l.Id).FirstOrDefault();
                if (first is not null) return first.Text;
            }

            await watcher.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until a process satisfies the condition.</summary>
    public async Task WaitForAsync(string process, Func<ProcessInfo, bool> condition)
    {
        using var watcher = new DatabaseChangeWatcher(Folder, TimeSpan.FromMilliseconds(100));
        while (!condition(Snapshot().Processes.Single(p => p.Name == process))) await watcher.WaitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until it has printed a text: what it prints arrives later than what it does.</summary>
    public Task WaitForOutputAsync(string text) => Eventually.TrueAsync(() => Output.Contains(text, StringComparison.Ordinal), words: text);

    public Dictionary<string, int?> Pids() => Snapshot().Processes.ToDictionary(p => p.Name, p => p.Pid);

    public void Signal(int signal) => _ = SendSignal(Pid, signal);

    public Task WaitForExitAsync() => _process.WaitForExitAsync(TestContext.Current.CancellationToken);

    public int ExitCode => _process.ExitCode;

    public async ValueTask DisposeAsync()
    {
        if (DaemonLock.IsHeld(Folder)) // not under the test's token: it may be what ended the test
            await new CommandClient(OvermindDatabase.In(Folder), TimeProvider.System).QuitAsync(CancellationToken.None);
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    public static bool IsAlive(int pid) => SendSignal(pid, 0) == 0;

    /// <summary>Waits until none of them runs; the test's timeout ends the wait for one that survived. A zombie runs nothing.</summary>
    public static async Task WaitForDeathAsync(IEnumerable<int?> pids)
    {
        foreach (var pid in pids)
            await Eventually.TrueAsync(() => ProcessEntry.Of(pid!.Value) is not { Runs: true });
    }

    /// <summary>The address that the line names; null for none.</summary>
    public static Uri? AddressIn(string line) => AddressPattern().Match(line) is { Success: true } match ? new Uri(match.Value) : null;

    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int SendSignal(int pid, int signal);

    [GeneratedRegex(@"http://(localhost|127[.\d]+):\d+")]
    private static partial Regex AddressPattern();

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
        if (AddressIn(line) is { } address) _address.TrySetResult(address);
    }
}
