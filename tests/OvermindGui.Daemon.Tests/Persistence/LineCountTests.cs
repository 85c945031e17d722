using Microsoft.Extensions.Time.Testing;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Persistence;

/// <summary>The counts of the timeline are those of the stored lines, whatever happens to lines and daemon.</summary>
public class LineCountTests
{
    private const int Timeout = 120_000;

    private static readonly Retention Everything = new(long.MaxValue / 2, TimeSpan.FromDays(10_000), long.MaxValue / 2);

    private readonly SkippableTime _time = new();

    [Fact(Timeout = Timeout)]
    public async Task Lines_of_every_level_are_counted()
    {
        await using var daemon = await TestDaemon.StartAsync(
            "web: seq 1 3000; echo ERROR one; echo 'WARN two'; exec sleep 1000", "api: for i in 1 2 3 4 5; do echo INFO $i; sleep 0.3; done; exec sleep 1000");
        await daemon.WaitForLineAsync("web", "WARN two");
        await daemon.WaitForLineAsync("api", "INFO 5");
        await AssertCountedAsync(daemon);
        Assert.Equal((1L, 1L), (Sum(daemon, "web", "error"), Sum(daemon, "web", "warn")));
        Assert.True(Sum(daemon, "api", "info") >= 5);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_line_that_changes_its_level_moves_with_it()
    {
        await using var daemon = await TestDaemon.StartAsync(
            "web: printf 'ERR'; while [ ! -e go ]; do sleep 0.05; done; printf 'OR it failed\\n'; printf 'ERROR gone'; sleep 0.3; printf '\\r\\033[Kall is well\\n'; exec sleep 1000");
        await daemon.WaitForLineAsync("web", "ERR");
        await AssertCountedAsync(daemon);
        daemon.Save("go", "");
        await daemon.WaitForLineAsync("web", "all is well");
        await AssertCountedAsync(daemon);
        Assert.Equal(1L, Sum(daemon, "web", "error"));
    }

    [Fact(Timeout = Timeout)]
    public async Task Pruned_and_cleared_lines_are_taken_out()
    {
        await using var daemon = await TestDaemon.StartKeepingAsync(
            Everything with { Lines = 1_000 }, _time, "chatty: seq 1 3000; exec sleep 1000", "other: seq 1 3000; exec sleep 1000");
        await daemon.WaitForLineAsync("chatty", "3000");
        await daemon.WaitForLineAsync("other", "3000");
        await PruneUntilAsync(() => daemon.Info("chatty").LineCount == 1_000 && daemon.Info("other").LineCount == 1_000);
        await AssertCountedAsync(daemon);

        new OutputClearing(daemon.Database, TimeProvider.System).Clear("other");
        await PruneUntilAsync(() => daemon.Lines("other").Count == 0);
        await AssertCountedAsync(daemon);
        Assert.Equal(1_000, Sum(daemon, "chatty", "none") + Sum(daemon, "chatty", "info"));
    }

    [Fact(Timeout = Timeout)]
    public async Task Lines_from_before_there_were_counts_are_counted_by_the_next_daemon()
    {
        using var folder = new TestFolder("web: seq 1 45000; exec sleep 1000");
        await using (var first = await TestDaemon.StartAsync(folder.Folder)) await first.UntilAsync(() => first.Info("web").LineCount >= 45_000);
        Execute(folder, "DELETE FROM line_counts; DELETE FROM counted_lines");

        await using var daemon = await TestDaemon.StartAsync(folder.Folder);
        await AssertCountedAsync(daemon);
        Assert.Null(new Timeline(daemon.Database, TimeProvider.System).Read(ProcessFilter.Everything, null, null, 100).CountedSince);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(10)]
    [InlineData(60_000)]
    public async Task What_a_killed_daemon_had_not_counted_is_counted_by_the_next_one(int lines)
    {
        using var folder = new TestFolder("web: echo one; exec sleep 1000");
        await using (var first = await TestDaemon.StartAsync(folder.Folder)) await first.WaitForLineAsync("web", "one");
        Execute(
            folder,
            $"""
            INSERT INTO lines(process_id, time, stream, text, level)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {lines}) SELECT (SELECT id FROM processes WHERE name = 'web'), 1000 * (unixepoch() - i % 7000), 2, 'x', i % 5 FROM n
            """);

        await using var daemon = await TestDaemon.StartAsync(folder.Folder);
        await AssertCountedAsync(daemon);
    }

    [Fact(Timeout = Timeout)]
    public async Task Counts_of_narrow_spans_are_deleted_when_they_are_old()
    {
        await using var daemon = await TestDaemon.StartKeepingAsync(Everything, _time, "web: echo one; exec sleep 1000");
        await daemon.WaitForLineAsync("web", "one");
        await PruneUntilAsync(() => Widths(daemon).Count == CountWidth.All.Count);
        _time.Skip(TimeSpan.FromDays(1));
        await PruneUntilAsync(() => Widths(daemon) is [60, 600, 3_600, 86_400]);
    }

    private Task PruneUntilAsync(Func<bool> condition) => Eventually.TrueAsync(condition, () => _time.Skip(TimeSpan.FromSeconds(10)));

    [Fact]
    public void Narrow_spans_of_a_time_that_is_long_ago_by_the_daemons_clock_are_not_counted()
    {
        using var folder = new TestFolder("web: true");
        var (database, _) = new DatabaseOpener(folder.Folder, TimeProvider.System).Open();
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000).AddDays(3));
        using var session = new WriterConnection(database, time);
        session.Connection.Execute(null, "INSERT INTO processes(id, name, line_count) VALUES (1, 'web', 0)");
        session.Store([new LineBatch(1, 1, LineSource.Terminal, 1_700_000_000_000, [StyledLine.Plain("old")])]);

        Assert.Equal([60, 600, 3_600, 86_400], session.Connection.Query("SELECT width FROM line_counts ORDER BY width", row => row.GetInt32(0)));
    }

    private static Task AssertCountedAsync(TestDaemon daemon) => daemon.UntilAsync(() => CountWidth.All.All(width => IsCounted(daemon.Database, width)));

    // Within one snapshot, because lines come meanwhile.
    private static bool IsCounted(OvermindDatabase database, CountWidth width)
    {
        using var connection = database.OpenConnection();
        return connection.Query(
            """
            WITH counted AS (SELECT process_id, start, none, debug, info, warn, error FROM line_counts WHERE width = $1),
              stored AS (
                SELECT process_id, time / 1000 / $1 * $1 AS start, sum(level = 0), sum(level = 1), sum(level = 2), sum(level = 3), sum(level = 4) FROM lines
                WHERE time > $2 GROUP BY process_id, start)
            SELECT count(*) FROM (
              SELECT * FROM (SELECT * FROM counted WHERE start * 1000 > $2 EXCEPT SELECT * FROM stored)
              UNION ALL SELECT * FROM (SELECT * FROM stored WHERE start * 1000 > $2 EXCEPT SELECT * FROM counted))
            """,
            row => row.GetInt64(0), width.Seconds, width.Kept == TimeSpan.MaxValue ? 0 : DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - (long)width.Kept.TotalMilliseconds + 60_000) is [0]
            && connection.Scalar("SELECT from_id FROM counted_lines") is 0L
            && connection.Scalar($"SELECT count(*) FROM stored_bytes b WHERE bytes <> (SELECT coalesce(sum({LineSize.Sql}), 0) FROM lines WHERE process_id = b.process_id)") is 0L;
    }

    private static long Sum(TestDaemon daemon, string process, string level)
    {
        using var connection = daemon.Database.OpenConnection();
        return (long)connection.Scalar($"SELECT coalesce(sum(c.{level}), 0) FROM line_counts c JOIN processes p ON p.id = c.process_id WHERE p.name = $1 AND width = 3600", process)!;
    }

    // Of what has been stored by now; the daemon's clock may be far ahead.
    private static List<int> Widths(TestDaemon daemon)
    {
        using var connection = daemon.Database.OpenConnection();
        return connection.Query(
            "SELECT DISTINCT width FROM line_counts WHERE start < $1 ORDER BY width", row => row.GetInt32(0), DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 60);
    }

    private static void Execute(TestFolder folder, string sql)
    {
        using var connection = OvermindDatabase.In(folder.Folder).OpenConnection();
        connection.Execute(null, sql);
    }
}
