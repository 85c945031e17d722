using System.Net.Sockets;
using Microsoft.Playwright;
using OvermindGui.Core.Control;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

[Collection(CalmBrowserTests.Name)]
public class LifecycleTests(Chromium chromium)
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_killed_dashboard_leaves_every_process_and_a_new_one_shows_all_history()
    {
        using var folder = new TestFolder("web: echo first words; sleep 1000", "api: sleep 1000");
        await using var first = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(first.Address);
        await page.LinesOf("web").First.WaitForAsync();
        var (pids, daemon) = (first.Pids(), first.Snapshot().DaemonPid);

        first.Signal(Server.Kill);
        await first.WaitForExitAsync();
        await page.ExpectVisibleAsync("reconnect-overlay");
        Assert.Equal(pids, first.Pids());
        Assert.All(pids.Values, pid => Assert.True(Server.IsAlive(pid!.Value)));

        await using var second = await Server.StartAsync(folder.Folder, "--port", $"{first.Address.Port}");
        await page.ExpectHiddenAsync("reconnect-overlay");
        await Assertions.Expect(page.LinesOf("web")).ToHaveTextAsync(["first words"]);
        Assert.Equal(pids, second.Pids());
        Assert.Equal(daemon, second.Snapshot().DaemonPid);
        await second.WaitForOutputAsync("Found a running daemon");
    }

    [Fact(Timeout = Timeout)]
    public async Task Restart_UI_keeps_port_page_and_processes()
    {
        using var folder = new TestFolder("web: echo first words; sleep 1000", "api: echo api words; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(new Uri(server.Address, "/?hide=api"));
        await page.LinesOf("web").First.WaitForAsync();
        var (pids, daemon) = (server.Pids(), server.Snapshot().DaemonPid);
        await page.Page.EvaluateAsync("() => window.beforeRestart = true");

        await page.ChooseAsync("more", "restart-ui");
        await page.WaitForAsync("() => window.beforeRestart === undefined"); // the page came back by itself

        await Assertions.Expect(page.LinesOf("web")).ToHaveTextAsync(["first words"]);
        await Assertions.Expect(page.LinesOf("api")).ToHaveCountAsync(0);
        Assert.True(Server.IsAlive(server.Pid));
        Assert.Equal(pids, server.Pids());
        Assert.Equal(daemon, server.Snapshot().DaemonPid);
    }

    [Fact(Timeout = Timeout)]
    public async Task Shutdown_asks_first_and_then_leaves_nothing()
    {
        using var folder = new TestFolder("web: sleep 1000 & sleep 1000; wait", "api: trap '' TERM; while :; do sleep 1; done");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.ExpectTextAsync("status-api", "running");
        var pids = server.Pids().Values.Append(server.Snapshot().DaemonPid).ToList();

        await page.ChooseAsync("more", "shutdown");
        await page.Page.GetByText("This ends 2 running processes").WaitForAsync();
        await page.By("shutdown-cancel").ClickAsync();
        Assert.All(pids, pid => Assert.True(Server.IsAlive(pid!.Value)));

        await page.ChooseAsync("more", "shutdown");
        await page.By("shutdown-confirm").ClickAsync();
        await server.WaitForExitAsync();

        Assert.Equal(0, server.ExitCode);
        await Server.WaitForDeathAsync(pids);
        Assert.False(DaemonLock.IsHeld(folder.Folder));
        Assert.False(await AnswersAsync(server.Address));
        await page.ExpectEndAsync("Everything was stopped");
    }

    [Fact(Timeout = Timeout)]
    public async Task Ctrl_C_ends_processes_daemon_and_dashboard()
    {
        using var folder = new TestFolder("web: sleep 1000", "api: sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        var pids = server.Pids().Values.Append(server.Snapshot().DaemonPid).ToList();

        server.Signal(Server.Interrupt);
        await server.WaitForExitAsync();

        Assert.Equal(0, server.ExitCode);
        await Server.WaitForDeathAsync(pids);
        Assert.False(File.Exists(folder.Folder.PidFile));
        Assert.Contains("All processes and the daemon have ended", server.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Quit_on_the_command_line_ends_the_dashboard_of_server_too()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.ExpectTextAsync("status-web", "running");
        var pids = server.Pids().Values.Append(server.Snapshot().DaemonPid).ToList();

        Assert.Equal(0, (await Cli.RunAsync(folder.Folder.Root, "quit")).ExitCode);
        await server.WaitForExitAsync();

        Assert.Equal(0, server.ExitCode);
        await Server.WaitForDeathAsync(pids);
        Assert.Contains("the dashboard ends with it", server.Output, StringComparison.Ordinal);
        await page.ExpectEndAsync("Everything was stopped");
    }

    [Fact(Timeout = Timeout)]
    public async Task Terminating_the_dashboard_leaves_daemon_and_processes_alone()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.ExpectTextAsync("status-web", "running");
        var pids = server.Pids();

        server.Signal(Server.Terminate);
        await server.WaitForExitAsync();

        await page.ExpectEndAsync("Connection lost");
        Assert.True(DaemonLock.IsHeld(folder.Folder));
        Assert.Equal(pids, server.Pids());
    }

    [Theory(Timeout = Timeout)]
    [InlineData(Server.Interrupt)]
    [InlineData(Server.Terminate)]
    public async Task A_daemon_that_is_asked_to_end_ends_its_processes_first(int signal)
    {
        using var folder = new TestFolder("web: sleep 1000 & sleep 1000", "deaf: trap '' TERM; while :; do sleep 1; done");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.ExpectTextAsync("status-web", "running");
        var (pids, daemon) = (server.Pids(), server.Snapshot().DaemonPid!.Value);

        _ = Server.SendSignal(daemon, signal);

        await page.ExpectVisibleAsync("daemon-gone");
        await page.ExpectTextAsync("status-deaf", "stopped");
        await Server.WaitForDeathAsync(pids.Values);
        await Eventually.TrueAsync(() => !DaemonLock.IsHeld(folder.Folder));
    }

    [Fact(Timeout = Timeout)]
    public async Task Two_projects_side_by_side_get_two_ports()
    {
        using var one = new TestFolder("web: sleep 1000");
        using var two = new TestFolder("web: sleep 1000");
        await using var first = await Server.StartOnAnyPortAsync(one.Folder);
        await using var second = await Server.StartOnAnyPortAsync(two.Folder);

        Assert.NotEqual(first.Address, second.Address);
        Assert.InRange(first.Address.Port, 8000, 8099);
        Assert.InRange(second.Address.Port, 8000, 8099);
    }

    private static async Task<bool> AnswersAsync(Uri address)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", address.Port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
