using System.Diagnostics;
using CliWrap;
using Npgsql;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Model;

[assembly: AssemblyFixture(typeof(OvermindGui.Hub.Tests.Support.PostgresCluster))]

namespace OvermindGui.Hub.Tests.Support;

/// <summary>A PostgreSQL server of our own in a temporary folder, reached by a Unix socket alone; it ends with the tests.</summary>
public sealed class PostgresCluster : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-").FullName;
    private string _binaries = "";
    private readonly SemaphoreSlim _copying = new(1);
    private bool _hasTemplate;
    private int _databases;
    private Process? _guard;

    /// <summary>The folder of its socket.</summary>
    public string Socket => _folder;

    private string Data => Path.Combine(_folder, "data");

    // initdb refuses root.
    private static bool IsRoot => Environment.UserName == "root";

    public async ValueTask InitializeAsync()
    {
        _binaries = Find()
            ?? throw new InvalidOperationException("The tests of the hub need PostgreSQL 15 or newer; `./run test Hub` installs it on Debian as root");
        if (IsRoot) await RunAsync("chown", ["nobody", _folder]);
        await RunServerToolAsync("initdb", ["-D", Data, "-A", "trust", "-U", "owner", "--no-sync", "-E", "UTF8", "--locale=C"]);
        await File.AppendAllTextAsync(Path.Combine(Data, "postgresql.conf"),
            $"listen_addresses = ''\nunix_socket_directories = '{_folder}'\nfsync = off\nmax_connections = 200\nlog_min_messages = fatal\n");
        await StartAsync();
        _guard = StartGuard();
    }

    public Task StartAsync() => RunServerToolAsync("pg_ctl", ["-D", Data, "-w", "-l", Path.Combine(_folder, "server.log"), "start"]);

    /// <summary>Stops it as a crash would: connections are cut, nothing is said to them.</summary>
    public Task StopAsync() => RunServerToolAsync("pg_ctl", ["-D", Data, "-w", "-m", "immediate", "stop"]);

    /// <summary>An empty database; the user owns it.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"hub_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}");
        return name;
    }

    /// <summary>A database with the hub's tables: a copy of one that was made once.</summary>
    public async Task<string> CreateHubAsync()
    {
        var name = $"hub_{Interlocked.Increment(ref _databases)}";
        await _copying.WaitAsync(TestContext.Current.CancellationToken); // the server copies only what has no connection
        try
        {
            if (!_hasTemplate)
            {
                await ExecuteAsync("postgres", "CREATE DATABASE hub_template");
                await using var hub = new HubDatabase(Address("hub_template", more: "Pooling=false"));
                await HubSchema.InitialiseAsync(hub, null, withSearchIndex: false, TestContext.Current.CancellationToken);
                _hasTemplate = true;
            }

            await ExecuteAsync("postgres", $"CREATE DATABASE {name} TEMPLATE hub_template");
        }
        finally
        {
            _copying.Release();
        }

        return name;
    }

    /// <summary>A login with one of the hub's roles.</summary>
    public async Task CreateUserAsync(string hub, string user, string role)
    {
        await ExecuteAsync(hub, HubSchema.Roles());
        await ExecuteAsync(hub, $"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{user}') THEN CREATE ROLE {user} LOGIN IN ROLE {role}; END IF; END $$");
    }

    public HubAddress Address(string database, string user = "owner", string more = "") =>
        HubAddress.Parse($"Host={_folder};Database={database};Username={user};{more}", withPassword: true, out var problem) ?? throw new ArgumentException(problem);

    public async Task ExecuteAsync(string database, string sql, string user = "owner")
    {
        await using var connection = new NpgsqlConnection($"Host={_folder};Database={database};Username={user};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The rows of a query, their columns with commas between them.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string database, string sql, string user = "owner")
    {
        await using var connection = new NpgsqlConnection($"Host={_folder};Database={database};Username={user};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync();
        var read = new List<string>();
        while (await rows.ReadAsync())
            read.Add(string.Join(',', Enumerable.Range(0, rows.FieldCount).Select(i => rows.IsDBNull(i) ? "" : Convert.ToString(rows.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
        return read;
    }

    /// <summary>Waits until a query has the rows; fails with those it has.</summary>
    public async Task WaitForAsync(string database, string sql, params string[] expected)
    {
        var clock = Stopwatch.StartNew();
        IReadOnlyList<string> rows = [];
        await Eventually.TrueAsync(
            async () => (rows = await QueryAsync(database, sql)).SequenceEqual(expected),
            meanwhile: () =>
            {
                if (clock.Elapsed > TimeSpan.FromSeconds(60)) Assert.Equal(expected, rows);
            });
    }

    public async ValueTask DisposeAsync()
    {
        _copying.Dispose();
        NpgsqlConnection.ClearAllPools();
        await StopAsync();
        _guard?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string? Find() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max()
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")));

    private Task RunServerToolAsync(string tool, string[] arguments)
    {
        var words = ServerTool(tool, arguments);
        return RunAsync(words[0], words[1..]);
    }

    private string[] ServerTool(string tool, string[] arguments) => IsRoot
        ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", Path.Combine(_binaries, tool), .. arguments]
        : [Path.Combine(_binaries, tool), .. arguments];

    // Ends the server when the tests are killed: its own input ends then.
    private Process StartGuard() => Process.Start(new ProcessStartInfo(
        "/bin/sh", ["-c", "cat > /dev/null; exec \"$@\" > /dev/null 2>&1", "sh", .. ServerTool("pg_ctl", ["-D", Data, "-m", "immediate", "stop"])])
    {
        RedirectStandardInput = true,
        WorkingDirectory = "/",
    })!;

    // The server inherits what it writes to, and would keep a pipe open.
    private static async Task RunAsync(string program, string[] arguments)
    {
        var log = Path.GetTempFileName();
        try
        {
            var result = await Cli.Wrap("/bin/sh").WithArguments(["-c", "exec \"$@\" > \"$0\" 2>&1 < /dev/null", log, program, .. arguments])
                .WithWorkingDirectory("/").WithValidation(CommandResultValidation.None).ExecuteAsync();
            if (result.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {await File.ReadAllTextAsync(log)}");
        }
        finally
        {
            File.Delete(log);
        }
    }
}
