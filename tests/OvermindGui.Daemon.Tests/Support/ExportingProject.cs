using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Configuration;

namespace OvermindGui.Daemon.Tests.Support;

/// <summary>A daemon that sends to an engine, on a folder of its own.</summary>
internal sealed class ExportingProject : IAsyncDisposable
{
    private readonly TestFolder _folder;
    private readonly DaemonOptions _options;
    private bool _isStopped;

    private ExportingProject(TestFolder folder, DaemonOptions options, TestDaemon daemon) => (_folder, _options, Daemon) = (folder, options, daemon);

    public TestDaemon Daemon { get; private set; }

    public static Task<ExportingProject> StartAsync(OtlpReceiver engine, OtlpFlags flags, params string[] procfile) =>
        StartAsync(engine, flags with { SettleTime = TimeSpan.FromMilliseconds(400) }, PipedProcesses.Parse("true", "test"), procfile);

    /// <summary>Its lines settle late, so that a loaded machine does not make them.</summary>
    public static Task<ExportingProject> StartOnTerminalAsync(OtlpReceiver engine, params string[] procfile) =>
        StartAsync(engine, new OtlpFlags { SettleTime = TimeSpan.FromSeconds(3) }, PipedProcesses.None, procfile);

    private static async Task<ExportingProject> StartAsync(OtlpReceiver engine, OtlpFlags flags, PipedProcesses piped, string[] procfile)
    {
        var folder = new TestFolder(procfile);
        var options = new DaemonOptions
        {
            Folder = folder.Folder,
            Detached = true,
            Piped = piped,
            Otlp = flags with { Endpoint = OtlpEndpoint.Parse(engine.Url.ToString(), isPublic: true, out _) },
        };
        return new ExportingProject(folder, options, await TestDaemon.StartAsync(options));
    }

    public async Task StartAgainAsync() => (Daemon, _isStopped) = (await TestDaemon.StartAsync(_options), false);

    /// <summary>Ids of all its lines.</summary>
    public IReadOnlyList<long> Ids()
    {
        using var connection = Daemon.Database.OpenConnection();
        return connection.Query("SELECT id FROM lines ORDER BY id", row => row.GetInt64(0));
    }

    public Task WaitForAsync(Func<bool> condition) => Daemon.UntilAsync(condition);

    public async Task<ShippingInfo> WaitForShippingAsync(Func<ShippingInfo, bool> condition)
    {
        ShippingInfo? info = null;
        await Daemon.UntilAsync(() => (info = ShippingInfo.Read(Daemon.Database).SingleOrDefault()) is not null && condition(info));
        return info!;
    }

    public async Task StopAsync()
    {
        if (_isStopped) return;
        _isStopped = true;
        await Daemon.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }
}
