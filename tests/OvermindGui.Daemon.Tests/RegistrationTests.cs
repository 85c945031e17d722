using OvermindGui.Core.Registry;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests;

/// <summary>A daemon registers its project for its user.</summary>
public sealed class RegistrationTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_daemon_that_serves_is_in_the_list_of_projects()
    {
        using var folder = new TestFolder("web: sleep 1000\nbad: exit 3");
        using var home = new TestFolder("");
        var state = new UserState(Path.Combine(home.Folder.Root, "overmind-gui"));

        await using (var daemon = await TestDaemon.StartAsync(new DaemonOptions { Folder = folder.Folder, Detached = true, UserState = state, Arguments = ["--watch"] }))
        {
            await daemon.WaitForEndAsync("bad");
            var running = Assert.Single(await ReadAsync(state));
            Assert.Equal((folder.Folder.Root, "running", 2, 1, 1), (running.Folder, running.State, running.Processes, running.Running, running.Failed));
            Assert.Equal(["--watch"], Assert.Single(new ProjectRegistry(state).Read()).Arguments);
        }

        Assert.Equal("stopped", Assert.Single(await ReadAsync(state)).State);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_daemon_that_cannot_register_says_so_and_serves()
    {
        using var folder = new TestFolder("web: sleep 1000");
        var state = new UserState(Path.Combine(folder.Folder.Procfile, "overmind-gui")); // no folder can be made in a file

        await using var daemon = await TestDaemon.StartAsync(new DaemonOptions { Folder = folder.Folder, Detached = true, UserState = state });

        Assert.Contains("is missing in the list of `overmind-gui projects`", await daemon.WaitForWordsAsync("is missing in the list"), StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<ProjectReport>> ReadAsync(UserState state) =>
        new ProjectsQuery(state, TimeProvider.System).ReadAsync(TestContext.Current.CancellationToken);
}
