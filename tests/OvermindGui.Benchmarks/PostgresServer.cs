using System.Diagnostics;
using System.Globalization;
using Npgsql;
using OvermindGui.Hub.Connecting;

namespace OvermindGui.Benchmarks;

/// <summary>A PostgreSQL server of our own with the settings that it has by default, reached by a Unix socket alone.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const double TicksPerSecond = 100;
    private const string Database = "overmind";

    private readonly string _folder = Directory.CreateTempSubdirectory("overmind-gui-bench-hub-").FullName;
    private readonly string _binaries;

    private PostgresServer(string binaries) => _binaries = binaries;

    /// <summary>For Npgsql.</summary>
    public string Connection => $"Host={_folder};Database={Database};Username=owner";

    public HubAddress Address => HubAddress.Parse($"{Connection};Maximum Pool Size=100", withPassword: true, out var problem) ?? throw new InvalidOperationException(problem);

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Null where PostgreSQL is not installed.</summary>
    public static async Task<PostgresServer?> StartAsync()
    {
        var binaries = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max()
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")));
        if (binaries is null) return null;
        var server = new PostgresServer(binaries);
        if (Environment.UserName == "root") await RunAsync("chown", "nobody", server._folder); // initdb refuses root
        await server.RunToolAsync("initdb", "-D", server.Data, "-A", "trust", "-U", "owner", "-E", "UTF8", "--locale=C");
        await File.AppendAllTextAsync(Path.Combine(server.Data, "postgresql.conf"), $"listen_addresses = ''\nunix_socket_directories = '{server._folder}'\nmax_connections = 300\n");
        await server.RunToolAsync("pg_ctl", "-D", server.Data, "-w", "-l", Path.Combine(server._folder, "log"), "start");
        await server.AskAsync<object>("CREATE DATABASE overmind", "postgres");
        return server;
    }

    /// <summary>User and system time of all its processes so far, those that have ended too.</summary>
    public TimeSpan Cpu()
    {
        var main = int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        var ticks = Ticks(main, withEnded: true) + Children(main).Sum(child => Ticks(child, withEnded: false));
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    /// <summary>The first value of a query.</summary>
    public async Task<T?> AskAsync<T>(string sql, string database = Database)
    {
        await using var connection = new NpgsqlConnection($"Host={_folder};Database={database};Username=owner;Pooling=false;Command Timeout=300");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await RunToolAsync("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private static IEnumerable<int> Children(int main) =>
        File.ReadAllText($"/proc/{main}/task/{main}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pid => int.Parse(pid, CultureInfo.InvariantCulture));

    private static double Ticks(int pid, bool withEnded)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // from the third on
            return fields.Skip(11).Take(withEnded ? 4 : 2).Sum(field => double.Parse(field, CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return 0; // it has just ended
        }
    }

    private Task RunToolAsync(string tool, params string[] arguments) => Environment.UserName == "root"
        ? RunAsync("setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", Path.Combine(_binaries, tool), .. arguments])
        : RunAsync(Path.Combine(_binaries, tool), arguments);

    // The server inherits what it writes to, and would keep a pipe open.
    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" > /dev/null 2>&1 < /dev/null", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed");
    }
}
