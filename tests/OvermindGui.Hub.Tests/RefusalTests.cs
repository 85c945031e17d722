using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Model;
using OvermindGui.Hub.Shipping;
using OvermindGui.Hub.Tests.Support;

namespace OvermindGui.Hub.Tests;

/// <summary>A hub that cannot be used as it is: clear words on the machine, and no line is lost.</summary>
public sealed class RefusalTests(PostgresCluster postgres)
{
    private const string History = "overmind.\"__EFMigrationsHistory\"";

    [Theory]
    [InlineData($"INSERT INTO {History} VALUES ('20990101000000_Future', '99.0.0')", "is newer than this Overmind GUI", $"DELETE FROM {History} WHERE \"MigrationId\" LIKE '2099%'")]
    [InlineData($"CREATE TABLE kept AS SELECT * FROM {History}; DELETE FROM {History}", "is older than this Overmind GUI", $"INSERT INTO {History} SELECT * FROM kept")]
    public async Task A_schema_of_another_version_is_left_alone(string make, string words, string undo)
    {
        var hub = await postgres.CreateHubAsync();
        await postgres.ExecuteAsync(hub, make);
        await using var daemon = await HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(hub) }, "web: echo hello; exec sleep 100");
        Assert.Contains(words, (await daemon.WaitForShippingAsync(s => s.State == ShippingState.Refused)).Message, StringComparison.Ordinal);
        Assert.Equal(["0"], await postgres.QueryAsync(hub, "SELECT count(*) FROM overmind.lines"));

        await postgres.ExecuteAsync(hub, undo);
        await postgres.WaitForAsync(hub, "SELECT text FROM overmind.lines WHERE text = 'hello'", "hello");
    }

    [Fact]
    public async Task Init_leaves_a_newer_hub_alone()
    {
        var hub = await postgres.CreateHubAsync();
        await postgres.ExecuteAsync(hub, $"INSERT INTO {History} VALUES ('20990101000000_Future', '99.0.0')");
        await using var database = new HubDatabase(postgres.Address(hub));
        var refusal = await Assert.ThrowsAsync<HubException>(() => HubSchema.InitialiseAsync(database, null, false, TestContext.Current.CancellationToken));
        Assert.Contains("newer version", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_without_the_tables_and_a_wrong_user_are_named()
    {
        var empty = await postgres.CreateDatabaseAsync();
        await using var one = await HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(empty) }, "web: exec sleep 100");
        Assert.Contains("hub init", (await one.WaitForShippingAsync(s => s.State == ShippingState.Refused)).Message, StringComparison.Ordinal);
        await using var two = await HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(empty, "nobody_knows", "Password=hunter2") }, "web: exec sleep 100");
        var message = (await two.WaitForShippingAsync(s => s.State == ShippingState.Refused)).Message!;
        Assert.Contains("refuses the login", message, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(two.Folder.Data)) Assert.DoesNotContain("hunter2", await ReadAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_turns_read_only_gets_the_rest_later()
    {
        var hub = await postgres.CreateHubAsync();
        await using var daemon = await HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(hub) }, "web: while :; do echo tick; sleep 0.2; done");
        await daemon.WaitForShippingAsync(s => s.Ships);
        await postgres.ExecuteAsync("postgres", $"ALTER DATABASE {hub} SET default_transaction_read_only = on; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{hub}'");
        Assert.Contains("read-only", (await daemon.WaitForShippingAsync(s => s.State == ShippingState.Waiting && s.Message!.Contains("read-only", StringComparison.Ordinal))).Message, StringComparison.Ordinal);
        await postgres.ExecuteAsync("postgres", $"ALTER DATABASE {hub} RESET default_transaction_read_only; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{hub}'");
        await daemon.WaitForShippingAsync(s => s.Ships && s.BehindSince is null);
    }

    [Fact]
    public async Task The_roles_may_what_they_need_and_no_more()
    {
        var hub = await postgres.CreateHubAsync();
        await postgres.CreateUserAsync(hub, "wendy", "overmind_writer");
        await postgres.CreateUserAsync(hub, "rick", "overmind_reader");
        await postgres.CreateUserAsync(hub, "anna", "overmind_admin");
        await using var daemon = await HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(hub, "wendy") }, "web: echo hello; exec sleep 100");
        await postgres.WaitForAsync(hub, "SELECT text FROM overmind.lines WHERE text = 'hello'", "hello");

        Assert.Equal(["hello"], await postgres.QueryAsync(hub, "SELECT text FROM overmind.lines WHERE text = 'hello'", "rick"));
        const string Command = "INSERT INTO overmind.commands (project_id, command) VALUES (1, 'stop')";
        const string Forged = "INSERT INTO overmind.commands (project_id, command, requested_by) VALUES (1, 'stop', 'boss')";
        foreach (var (user, sql) in new[]
        {
            ("rick", Command), ("wendy", Command), ("anna", Forged), ("rick", "DELETE FROM overmind.lines"), ("anna", "DELETE FROM overmind.lines"),
            ("wendy", "DROP TABLE overmind.lines"), ("wendy", "UPDATE overmind.commands SET command = 'kill'"), ("rick", "SELECT overmind.prune()"),
        })
            Assert.Equal("42501", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => postgres.ExecuteAsync(hub, sql, user))).SqlState);
        await postgres.ExecuteAsync(hub, Command, "anna");
        await postgres.WaitForAsync(hub, "SELECT requested_by, status, succeeded FROM overmind.commands", "anna,completed,False");
    }

    [Theory]
    [InlineData(3 * 3600, "3h 0m ahead of")]
    [InlineData(-7200, "2h 0m behind")]
    [InlineData(20, null)]
    public void A_clock_that_is_off_is_reported(int seconds, string? words)
    {
        var warning = HubTarget.ClockWarning(TimeSpan.FromSeconds(seconds));
        if (words is null) Assert.Null(warning);
        else Assert.Contains(words, warning, StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(string file)
    {
        try
        {
            return System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
        }
        catch (IOException)
        {
            return ""; // a socket
        }
    }
}
