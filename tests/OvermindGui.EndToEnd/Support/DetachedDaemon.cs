using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.EndToEnd.Support;

/// <summary>A daemon without a dashboard. It ends with the test.</summary>
internal sealed class DetachedDaemon : IAsyncDisposable
{
    private readonly ProjectFolder _folder;

    private DetachedDaemon(ProjectFolder folder) => _folder = folder;

    public static async Task<DetachedDaemon> StartAsync(ProjectFolder folder, params string[] options)
    {
        var result = await Cli.RunAsync(folder.Root, ["daemon", "--detach", .. options]);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        return new DetachedDaemon(folder);
    }

    /// <summary>One that was started in another way.</summary>
    public static DetachedDaemon Of(ProjectFolder folder) => new(folder);

    public static IEnumerable<int?> Pids(ProjectFolder folder) =>
        new SystemReader(OvermindDatabase.In(folder)).Read().Processes.Select(p => p.Pid);

    /// <summary>Waits until no process is up, so that all they printed is stored.</summary>
    public async Task WaitForProcessesAsync()
    {
        var reader = new SystemReader(OvermindDatabase.In(_folder));
        await Eventually.TrueAsync(() => reader.Read().Processes.All(p => !p.State.IsUp() && LastOutput.IsComplete(OvermindDatabase.In(_folder), p.Name, DateTimeOffset.UtcNow)));
    }

    public async ValueTask DisposeAsync()
    {
        if (DaemonLock.IsHeld(_folder)) // not under the test's token: it may be what ended the test
            await new CommandClient(OvermindDatabase.In(_folder), TimeProvider.System).QuitAsync(CancellationToken.None);
    }
}
