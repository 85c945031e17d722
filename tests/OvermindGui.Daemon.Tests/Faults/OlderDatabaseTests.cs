using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Pruning;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Faults;

/// <summary>The database of every earlier version, with rows in it, under a daemon of this one.</summary>
public class OlderDatabaseTests
{
    // What the first version stored, and every later one, too. The lines are new: old ones are not kept.
    private const string Rows =
        """
        INSERT INTO processes(id, name, line_count) VALUES (1, 'web', 2), (2, 'gone', 1);
        INSERT INTO daemons(id, pid, mode, version, working_directory, started_at, ended_at)
          VALUES (7, 4711, 'native', '0.0.1', '/old', 1700000000, 1700000100);
        INSERT INTO runs(id, process_id, daemon_id, pid, started_at, ended_at, exit_code, cause, restart_number)
          VALUES (40, 1, 7, 4712, 1700000000, 1700000100, 143, 'daemon start', 0);
        INSERT INTO lines(id, process_id, run_id, time, stream, text, style)
          VALUES (100, 1, 40, unixepoch() * 1000, 0, 'of the old version', NULL), (101, 2, NULL, unixepoch() * 1000, 0, 'of nobody here', NULL),
            (102, 1, 40, unixepoch() * 1000, 1, 'last', NULL);
        INSERT INTO process_status(process_name, status, pid, updated_at, position, command) VALUES ('gone', 'stopped', NULL, 1700000100, 0, 'true');
        INSERT INTO daemon_commands(id, command, process_name, timestamp) VALUES (9, 'restart', 'web', 1700000050);
        """;

    private const string PreRelease = "the seven migrations of the pre-release versions";

    private static readonly string[] SquashedMigrations =
    [
        "20261123032354_Initial", "20261123061825_Amendments", "20261123073754_Selection", "20261123074833_FailureHits",
        "20261123075031_Clearing", "20261123100819_Planning", "20261123111547_TypedInput",
    ];

    public static TheoryData<string> Earlier => [PreRelease, .. SchemaHistory.Migrations.Order().SkipLast(1)];

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Earlier))]
    public async Task It_is_brought_up_to_date_with_all_that_is_in_it(string migration)
    {
        using var folder = new TestFolder("web: echo of this version; exec sleep 1000");
        await WriteAsync(folder, migration == PreRelease ? SchemaHistory.Migrations.Order().First() : migration);
        if (migration == PreRelease) await RewriteHistoryAsync(folder, SquashedMigrations);

        await using var daemon = await TestDaemon.StartAsync(folder.Folder);
        await daemon.WaitForLineAsync("web", "of this version");
        Assert.Equal(["of the old version", "last", "of this version"], daemon.Output("web").Select(l => l.Text));
        Assert.Equal(["of nobody here"], daemon.Lines("gone").Select(l => l.Text));
        Assert.True(daemon.Lines("web")[^1].Id > 102); // ids go on where they were
        Assert.Equal(["daemon start", "daemon start"], daemon.Causes("web"));
        Assert.Equal(["web"], daemon.Names);
        Assert.Null(new SystemReader(daemon.Database).Read().Warning);
        await using (var context = daemon.Database.CreateDbContext())
        {
            Assert.Empty(await context.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
            Assert.Equal("Not carried out: no daemon was running", context.Commands.Single(c => c.Id == 9).Outcome);
        }

        Assert.Equal(new CommandOutcome(true, "Restarted web"), await daemon.SendAsync(CommandKind.Restart, "web"));
        Assert.DoesNotContain(Directory.GetFiles(folder.Folder.Root), f => f.Contains("overmind.db.", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Stars_pins_views_and_counts_of_the_version_before_mean_the_same()
    {
        using var folder = new TestFolder("web: echo of this version; exec sleep 1000");
        await WriteAsync(folder, SchemaHistory.Migrations.Order().Last(m => string.CompareOrdinal(m, SchemaHistory.Migrations.Single(n => n.EndsWith("_Retention", StringComparison.Ordinal))) < 0));
        await using (var context = OvermindDatabase.In(folder.Folder).CreateDbContext())
            await context.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO bookmarks(line_id, process_id, time, note, created_at) VALUES (100, 1, 1000, 'a note', 1);
                INSERT INTO pinned_runs(run_id, pinned_at) VALUES (40, 1);
                INSERT INTO saved_views(name, query, saved_at) VALUES ('Errors', 'levels=error', 1);
                INSERT INTO counted_lines(id, from_id, to_id) VALUES (1, 0, 102);
                INSERT INTO line_counts(width, start, process_id, none, debug, info, warn, error) SELECT 86400, unixepoch() / 86400 * 86400, process_id, count(*), 0, 0, 0, 0 FROM lines GROUP BY process_id;
                """, TestContext.Current.CancellationToken);

        await using var daemon = await TestDaemon.StartAsync(folder.Folder);
        await daemon.WaitForLineAsync("web", "of this version");
        Assert.Equal((100, "a note", "of the old version"), Assert.Single(new Bookmarks(daemon.Database, TimeProvider.System).Read()) is var star ? (star.Line, star.Note, star.Text) : default);
        Assert.Equal(40, Assert.Single(new RunHistory(daemon.Database, TimeProvider.System).Pinned()).Id);
        Assert.Equal("levels=error", Assert.Single(new SavedViews(daemon.Database, TimeProvider.System).Read()).Query);
        await daemon.UntilAsync(() => new Timeline(daemon.Database, TimeProvider.System).Read(ProcessFilter.Only("gone"), null, null, 50) is { CountedSince: null } counted && counted.Bars.Sum(b => b.Lines.Total) == 1);
        await daemon.UntilAsync(() => Plan(daemon).Processes.All(p => p.Bytes > 0));
        Assert.Equal("default", new RetentionSettings(daemon.Database, TimeProvider.System).Read().Lines!.Source);
    }

    private static PruningPlan Plan(TestDaemon daemon)
    {
        using var connection = daemon.Database.OpenConnection();
        return PruningPlan.Make(connection, Retention.Default, DateTimeOffset.UtcNow);
    }

    [Fact(Timeout = 60_000)]
    public async Task One_that_a_pre_release_version_left_incomplete_is_set_aside()
    {
        using var folder = new TestFolder("web: echo of this version; exec sleep 1000");
        await WriteAsync(folder, SchemaHistory.Migrations.Order().First());
        await RewriteHistoryAsync(folder, SquashedMigrations[..3]);

        await using var daemon = await TestDaemon.StartAsync(folder.Folder);
        await daemon.WaitForLineAsync("web", "of this version");
        Assert.Equal(["of this version"], daemon.Output("web").Select(l => l.Text));
        Assert.Contains("was written by a pre-release version", new SystemReader(daemon.Database).Read().Warning, StringComparison.Ordinal);
        var aside = Assert.Single(Directory.GetFiles(folder.Folder.Root, "overmind.db.older-*"), f => !f.EndsWith("-wal", StringComparison.Ordinal) && !f.EndsWith("-shm", StringComparison.Ordinal));
        await using var connection = new SqliteConnection($"Data Source={aside};Pooling=False");
        connection.Open();
        Assert.Equal(3L, connection.Scalar("SELECT count(*) FROM lines"));
    }

    private static async Task WriteAsync(TestFolder folder, string migration)
    {
        PrivateFile.CreateMissing(folder.Folder.Database);
        await using var context = OvermindDatabase.In(folder.Folder).CreateDbContext();
        await context.GetService<IMigrator>().MigrateAsync(migration, TestContext.Current.CancellationToken);
        await context.Database.ExecuteSqlRawAsync(Rows, TestContext.Current.CancellationToken);
    }

    private static async Task RewriteHistoryAsync(TestFolder folder, IReadOnlyList<string> migrations)
    {
        await using var context = OvermindDatabase.In(folder.Folder).CreateDbContext();
        await context.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsHistory", TestContext.Current.CancellationToken);
        foreach (var id in migrations)
            await context.Database.ExecuteSqlAsync($"INSERT INTO __EFMigrationsHistory VALUES ({id}, '10.0.15')", TestContext.Current.CancellationToken);
    }
}
