using System.Diagnostics;
using System.Globalization;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.Benchmarks;

/// <summary>The product under measurement on a folder of its own: a daemon, and a dashboard where one is asked for.</summary>
internal sealed class Product : IAsyncDisposable
{
    private readonly Process? _server;

    private Product(ProjectFolder folder, Process? server, Uri? address) => (Folder, _server, Address) = (folder, server, address);

    public static string Root { get; } = FindRoot();

    public static string Executable { get; } = Path.Combine(Root, ".build", "overmind-gui", "overmind-gui");

    /// <summary>Those that BENCH_AGAINST names, separated by colons.</summary>
    public static IReadOnlyList<string> Others { get; } = Environment.GetEnvironmentVariable("BENCH_AGAINST")?.Split(':', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>What is compared: the others, then this build.</summary>
    public static IReadOnlyList<string> Executables { get; } = [.. Others, Executable];

    public static string Dummy { get; } = Path.Combine(AppContext.BaseDirectory, "OvermindGui.Dummy");

    public ProjectFolder Folder { get; }

    public Uri? Address { get; }

    public static ProjectFolder NewFolder(params string[] procfile)
    {
        var folder = new ProjectFolder(Directory.CreateTempSubdirectory("overmind-gui-bench-").FullName);
        File.WriteAllLines(folder.Procfile, procfile);
        return folder;
    }

    public static async Task<Product> StartDaemonAsync(ProjectFolder folder, string? executable = null)
    {
        using var starter = Start(executable, "daemon", "--detach", folder.Root);
        await starter.WaitForExitAsync();
        return starter.ExitCode == 0
            ? new Product(folder, null, null)
            : throw new InvalidOperationException(await starter.StandardError.ReadToEndAsync());
    }

    public static async Task<Product> StartServerAsync(ProjectFolder folder, string? executable = null)
    {
        var server = Start(executable, "server", folder.Root, "--no-ui");
        string? line;
        do line = await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await server.StandardError.ReadToEndAsync());
        while (!line.Contains("http", StringComparison.Ordinal)); // behind warnings
        return new Product(folder, server, new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]));
    }

    /// <summary>Lines that are committed now.</summary>
    public long CommittedLines()
    {
        using var connection = OvermindDatabase.In(Folder).OpenConnection();
        return (long)connection.Scalar("SELECT sum(line_count) FROM processes")!;
    }

    public int DaemonPid => DaemonLock.ReadPid(Folder)!.Value;

    public IEnumerable<int> Pids => _server is null ? [DaemonPid] : [DaemonPid, _server.Id];

    /// <summary>User and system time of daemon and dashboard so far.</summary>
    public TimeSpan Cpu() => Pids.Select(pid =>
    {
        using var process = Process.GetProcessById(pid);
        return process.TotalProcessorTime;
    }).Aggregate((a, b) => a + b);

    /// <summary>What daemon and dashboard take, each page that both share counted once (PSS).</summary>
    public double Megabytes() => Pids.Sum(Megabytes);

    /// <summary>The same of one process.</summary>
    public static double Megabytes(int pid) => Number($"/proc/{pid}/smaps_rollup", "Pss:") / 1e3;

    /// <summary>How often each thread that lives now in daemon and dashboard has been woken so far.</summary>
    public IReadOnlyDictionary<ProductThread, long> Switches()
    {
        var switches = new Dictionary<ProductThread, long>();
        foreach (var (half, task) in Pids.SelectMany(pid => Directory.GetDirectories($"/proc/{pid}/task"), (pid, task) => (pid == DaemonPid ? "daemon" : "dashboard", task)))
        {
            try
            {
                var thread = new ProductThread(half, File.ReadAllText($"{task}/comm").Trim(), task);
                switches[thread] = (long)(Number($"{task}/status", "voluntary_ctxt_switches:") + Number($"{task}/status", "nonvoluntary_ctxt_switches:"));
            }
            catch (IOException)
            {
                // the thread has ended
            }
        }

        return switches;
    }

    /// <summary>Ends the dashboard without a word.</summary>
    public void KillServer() => _server?.Kill();

    private static double Number(string file, string name) => double.Parse(
        File.ReadLines(file).First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>Ends daemon and dashboard; the folder stays.</summary>
    public async Task EndAsync()
    {
        await new CommandClient(OvermindDatabase.In(Folder), TimeProvider.System).QuitAsync(CancellationToken.None);
        if (_server is not null)
        {
            _server.Kill();
            await _server.WaitForExitAsync();
            _server.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder.Root, recursive: true);
    }

    public static string Figures(IEnumerable<double> values, string format)
    {
        var sorted = values.Order().ToArray();
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return $"min {Text(sorted[0])}  median {Text(sorted[sorted.Length / 2])}  max {Text(sorted[^1])}";
    }

    /// <summary>The executable, or another one, with its output for the caller.</summary>
    public static Process Start(string? executable, params string[] arguments) => Process.Start(new ProcessStartInfo(executable ?? Executable, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["NO_UI_LAUNCH"] = "1" },
    })!;

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "OvermindGui.sln"))) return folder;
        throw new InvalidOperationException("Run the benchmarks inside the repository");
    }
}

/// <summary>A thread of one of the halves; <paramref name="Task"/> is its folder in <c>/proc</c>.</summary>
internal readonly record struct ProductThread(string Half, string Name, string Task);
