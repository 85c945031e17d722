using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd.Faults;

/// <summary>The dashboard dies without a word, at every moment of its life, while processes print.</summary>
public class WebKilledTests
{
    private const int Moments = 50;
    private const int PagesServed = 5;

    private static readonly string Dummy = Path.Combine(AppContext.BaseDirectory, "OvermindGui.Dummy");

    // More in `./run test long`.
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("OVERMIND_GUI_KILLS") ?? "50", CultureInfo.InvariantCulture);

    [Fact(Timeout = 900_000)]
    public async Task Many_kills_of_the_dashboard_in_a_row_cost_neither_a_line_nor_a_process()
    {
        using var folder = new TestFolder($"web: exec {Dummy} paced 2000 10000000", "quiet: exec sleep 1000");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);
        var (pid, children) = (DaemonLock.ReadPid(folder.Folder), DetachedDaemon.Pids(folder.Folder).ToList());

        for (var i = 1; i <= Kills; i++) await ServeAndKillAsync(folder.Folder, i);

        Assert.Equal(pid, DaemonLock.ReadPid(folder.Folder));
        Assert.Equal(children, DetachedDaemon.Pids(folder.Folder));
        var client = new CommandClient(OvermindDatabase.In(folder.Folder), TimeProvider.System);
        Assert.Equal(
            new CommandOutcome(true, "Stopped web"),
            await client.SendAsync(CommandKind.Stop, "web", TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        var numbers = NumberedLines.Of(folder.Folder, "web");
        Assert.Equal(0, numbers[0]);
        var lines = NumberedLines.CountWhole(numbers);
        Assert.Equal([pid!.Value], Started.PidsNaming(folder.Folder.Root));
        Figures.Print($"{Kills} kills, {lines} lines, 0 lost, 0 left over");
    }

    // Most die while they begin, each a little later than the one before; some once a page has been fetched.
    private static async Task ServeAndKillAsync(ProjectFolder folder, int round)
    {
        using var dashboard = new Started(Published.Executable, "web", folder.Root);
        if (round % (Kills / PagesServed) == 0)
        {
            using var http = new HttpClient();
            using var page = await http.GetAsync(await dashboard.Address, TestContext.Current.CancellationToken);
            page.EnsureSuccessStatusCode();
        }
        else
        {
            // At a moment of its start that nothing marks.
            await Task.Delay(TimeSpan.FromMilliseconds(10 * (round % Moments)), TestContext.Current.CancellationToken);
        }

        await dashboard.KillAsync();
    }
}
