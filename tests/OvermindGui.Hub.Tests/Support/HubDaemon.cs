using System.Diagnostics;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Hosting;

namespace OvermindGui.Hub.Tests.Support;

/// <summary>A real daemon that ships to a hub, in this process.</summary>
internal sealed class HubDaemon : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly bool _ownsFolder;
    private readonly Task<int> _life;

    private HubDaemon(DaemonOptions options, bool ownsFolder, Action ready)
    {
        (Folder, _ownsFolder) = (options.Folder, ownsFolder);
        Database = OvermindDatabase.In(Folder);
        _life = Task.Run(() => DaemonHost.RunAsync(options, ready, _stop.Token));
    }

    public ProjectFolder Folder { get; }

    public OvermindDatabase Database { get; }

    public static Task<HubDaemon> StartAsync(HubFlags hub, params string[] procfile) => StartAsync(hub, FolderOf(procfile), ownsFolder: true);

    /// <summary>With files of its own beside the Procfile (name, text).</summary>
    public static Task<HubDaemon> StartAsync(HubFlags hub, (string Name, string Text)[] files, params string[] procfile)
    {
        var folder = FolderOf(procfile);
        foreach (var (name, text) in files) File.WriteAllText(Path.Combine(folder.Root, name), text);
        return StartAsync(hub, folder, ownsFolder: true);
    }

    /// <summary>Its processes print on a terminal instead of into pipes.</summary>
    public static Task<HubDaemon> StartOnTerminalAsync(HubFlags hub, params string[] procfile) =>
        StartAsync(hub, FolderOf(procfile), ownsFolder: true, PipedProcesses.None);

    public static async Task<HubDaemon> StartAsync(HubFlags hub, ProjectFolder folder, bool ownsFolder = false, PipedProcesses? piped = null)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var daemon = new HubDaemon(
            new DaemonOptions { Folder = folder, Detached = true, Hub = hub, Piped = piped ?? PipedProcesses.Parse("true", "test") }, ownsFolder, ready.SetResult);
        if (await Task.WhenAny(ready.Task, daemon._life) == daemon._life) await daemon._life;
        return daemon;
    }

    private static ProjectFolder FolderOf(string[] procfile)
    {
        var folder = new ProjectFolder(Directory.CreateTempSubdirectory("hub-project-").FullName);
        File.WriteAllLines(folder.Procfile, procfile);
        return folder;
    }

    public Task<CommandOutcome> SendAsync(CommandKind kind, string? process) =>
        new CommandClient(Database, TimeProvider.System).SendAsync(kind, process, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    /// <summary>What its own database says of the shipping.</summary>
    public ShippingInfo? Shipping => ShippingInfo.Read(Database).FirstOrDefault(info => info.Name == ShippingState.Hub);

    public async Task<ShippingInfo> WaitForShippingAsync(Func<ShippingInfo, bool> condition)
    {
        var clock = Stopwatch.StartNew();
        ShippingInfo? shipping = null;
        await Eventually.TrueAsync(
            () => (shipping = Shipping) is not null && condition(shipping),
            meanwhile: () => Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"The shipping is in another state: {shipping}"));
        return shipping!;
    }

    /// <summary>All lines of a process in its own database, as <c>id|text</c>.</summary>
    public IReadOnlyList<string> Lines()
    {
        using var connection = Database.OpenConnection();
        return connection.Query("SELECT id, text FROM lines ORDER BY id", row => $"{row.GetInt64(0)}|{row.GetString(1)}");
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _life;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        if (_ownsFolder) Directory.Delete(Folder.Root, recursive: true);
    }
}
