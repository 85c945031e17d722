using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd.Faults;

/// <summary>Everything that should be there once is started twice, and everybody asks at the same time.</summary>
public class TwoOfEverythingTests
{
    private const int Timeout = 240_000;
    private const int Shells = 20;

    [Fact(Timeout = Timeout)]
    public async Task Of_daemons_that_start_at_once_one_serves_and_the_others_say_who()
    {
        using var folder = new TestFolder("web: exec sleep 1000");
        try
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Cli.RunAsync(folder.Folder.Root, "daemon", "--detach")));
            Assert.Single(results, r => r.ExitCode == 0);
            Assert.All(
                results.Where(r => r.ExitCode != 0),
                r => Assert.Contains("A daemon is already running", r.Errors, StringComparison.Ordinal));
            Assert.Single(Rows(folder.Folder, "SELECT id FROM runs"));
        }
        finally
        {
            await Cli.RunAsync(folder.Folder.Root, "quit");
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task Two_dashboards_on_a_daemon_show_the_same_and_both_can_act()
    {
        using var folder = new TestFolder("web: echo here; exec sleep 1000");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);
        using var one = new Started(Published.Executable, "web", folder.Folder.Root);
        using var two = new Started(Published.Executable, "web", folder.Folder.Root);
        Assert.NotEqual(await one.Address, await two.Address);
        using var first = new ApiClient(await one.Address);
        using var second = new ApiClient(await two.Address);

        var answers = await Task.WhenAll(first.PostAsync("/api/process/web/restart"), second.PostAsync("/api/process/web/restart"));
        Assert.All(answers, a => Assert.True(a.Body.GetProperty("success").GetBoolean()));
        Assert.Equal(3, Rows(folder.Folder, "SELECT id FROM runs").Count);
        Assert.Equal(await SeenByAsync(first), await SeenByAsync(second));
    }

    [Fact(Timeout = Timeout)]
    public async Task Commands_from_twenty_shells_at_once_are_all_answered_none_is_lost_and_none_carried_out_twice()
    {
        string[] names = [.. Enumerable.Range(1, Shells).Select(n => $"p{n}")];
        using var folder = new TestFolder([.. names.Select(n => $"{n}: exec sleep 1000")]);
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);

        var answers = await Task.WhenAll(names.Select(n => Cli.RunAsync(folder.Folder.Root, "restart", n)));
        Assert.All(answers.Zip(names), a => Assert.Equal((0, $"Restarted {a.Second}\n", ""), (a.First.ExitCode, a.First.Output, a.First.Errors)));
        Assert.Equal(Shells, Rows(folder.Folder, "SELECT id FROM daemon_commands WHERE status = 'completed' AND succeeded").Count);
        // One by the start of the daemon, one by the command, for each.
        Assert.Equal(
            Enumerable.Repeat(2L, Shells), Rows(folder.Folder, "SELECT count(*) FROM runs GROUP BY process_id"));
        Figures.Print($"{Shells} shells, {answers.Length} answers, 0 lost, 0 twice");
    }

    private static async Task<string> SeenByAsync(ApiClient api)
    {
        var lines = new List<(long, string)>();
        await foreach (var line in api.LinesAsync("?process=web&after=0"))
        {
            lines.Add(line);
            if (lines.Count(l => l.Item2 == "here") == 3) break;
        }

        return string.Join('\n', lines);
    }

    private static List<long> Rows(ProjectFolder folder, string sql)
    {
        using var connection = OvermindDatabase.In(folder).OpenConnection();
        return connection.Query(sql, row => row.GetInt64(0));
    }
}
