using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Hub.Tests.Support;

namespace OvermindGui.Hub.Tests;

/// <summary>A hub with much to do, or that can do no more.</summary>
public sealed class LoadTests(PostgresCluster postgres)
{
    private const int Daemons = 20;

    [Fact]
    public async Task Twenty_daemons_ship_at_once_and_each_line_arrives_once()
    {
        var hub = await postgres.CreateHubAsync();
        var daemons = await Task.WhenAll(Enumerable.Range(1, Daemons).Select(i =>
            HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(hub), Host = $"machine-{i}" }, $"web: seq 1 300; echo last of {i}; exec sleep 100")));
        await postgres.WaitForAsync(hub, "SELECT count(*) FROM overmind.lines WHERE text LIKE 'last of %' AND stream <> 3", $"{Daemons}");
        await Task.WhenAll(daemons.Select(daemon => daemon.StopAsync()));
        Assert.Equal(
            daemons.Select((daemon, i) => $"machine-{i + 1},{daemon.Lines().Count},{daemon.Lines().Count}").Order(StringComparer.Ordinal),
            await postgres.QueryAsync(hub, "SELECT host, count(*), count(DISTINCT l.id) FROM overmind.lines l JOIN overmind.projects p ON p.id = project_id GROUP BY host ORDER BY host COLLATE \"C\""));
        foreach (var daemon in daemons) await daemon.DisposeAsync();
    }

    [Fact]
    public async Task Daemons_that_make_a_new_day_at_the_same_moment_do_not_fail()
    {
        var hub = await postgres.CreateHubAsync();
        for (var day = 20_000; day < 20_005; day++)
            await Task.WhenAll(Enumerable.Range(1, Daemons).Select(_ => postgres.ExecuteAsync(hub, $"SELECT overmind.prepare_day({day})")));
        Assert.Equal(["5"], await postgres.QueryAsync(hub, "SELECT count(*) FROM pg_inherits WHERE inhparent = 'overmind.lines'::regclass AND inhrelid::regclass::text LIKE 'overmind.lines_2024%'"));
    }

    [Theory]
    [InlineData("RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100';", "disk of the hub")] // as a full disk says it
    [InlineData("PERFORM pg_sleep(5);", "too slow")]
    public async Task A_full_or_slow_hub_costs_nothing_on_the_machine_and_gets_the_rest_later(string trouble, string words)
    {
        var hub = await postgres.CreateHubAsync();
        var address = postgres.Address(hub, more: "Options=-c statement_timeout=2000");
        await using var daemon = await HubDaemon.StartAsync(new HubFlags { Address = address }, "web: echo begins; while [ ! -e go ]; do sleep 0.05; done; seq 1 500; echo printed; exec sleep 100");
        await postgres.WaitForAsync(hub, "SELECT text FROM overmind.lines WHERE text = 'begins'", "begins");
        await postgres.ExecuteAsync(hub, $"""
            CREATE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {trouble} RETURN NEW; END $$;
            CREATE TRIGGER trouble BEFORE INSERT ON overmind.lines FOR EACH ROW EXECUTE FUNCTION trouble();
            """);
        await File.WriteAllTextAsync(Path.Combine(daemon.Folder.Root, "go"), "", TestContext.Current.CancellationToken);
        await daemon.WaitForShippingAsync(s =>
            s.State == ShippingState.Waiting && s.Behind >= 500 && s.Message!.Contains(words, StringComparison.Ordinal)
            && daemon.Lines().Any(line => line.EndsWith("|printed", StringComparison.Ordinal)));

        await postgres.ExecuteAsync(hub, "DROP TRIGGER trouble ON overmind.lines");
        await postgres.WaitForAsync(hub, "SELECT text FROM overmind.lines WHERE text = 'printed'", "printed");
        await daemon.StopAsync();
        Assert.Equal(daemon.Lines(), await postgres.QueryAsync(hub, "SELECT id || '|' || text FROM overmind.lines ORDER BY id"));
    }
}
