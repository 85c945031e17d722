using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Core.Timing;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Persistence;

/// <summary>The filters of settled lines, which the daemon makes and keeps right.</summary>
public class SearchFilterTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task Settled_lines_get_filters_and_what_is_cleared_is_in_none()
    {
        await using var daemon = await TestDaemon.StartAsync("web: seq 100001 110000; exec sleep 1000");
        await daemon.WaitForLineAsync("web", "110000");
        await daemon.UntilAsync(() => Filters(daemon.Database).ContainsKey(1));
        Assert.True(IsWhatIsStored(daemon.Database, 1));
        var search = new TextSearch(daemon.Database);
        Assert.Equal(["105000"], search.Before(long.MaxValue, LineFilter.Everything.With("105000"), 10).Found.Select(line => line.Content.Text));
        Assert.Empty(search.IdsBefore(long.MaxValue, LineFilter.Everything.With("zzz"), 10).Found);

        new OutputClearing(daemon.Database, new EarlierTime(TimeSpan.FromMinutes(5))).Clear(null);
        await daemon.UntilAsync(() => daemon.Lines("web").Count == 0);
        await daemon.UntilAsync(() => Filters(daemon.Database).Keys.All(block => IsWhatIsStored(daemon.Database, block)));
    }

    [Fact]
    public void A_line_that_changes_takes_its_filter_with_it()
    {
        using var folder = new TestFolder("web: true");
        var (database, _) = new DatabaseOpener(folder.Folder, TimeProvider.System).Open();
        using var session = new WriterConnection(database, TimeProvider.System);
        session.Connection.Execute(null, "INSERT INTO processes(id, name, line_count) VALUES (1, 'web', 0)");
        var ids = new LineIds();
        session.Store([Lines("before") with { Live = new LiveLines(ids, 0, []) }]);
        session.Connection.Execute(null, "INSERT INTO search_filters(id, filter) VALUES (0, x'00'), (1, x'00')");

        session.Store([Lines() with { Live = new LiveLines(ids, 1, [new AmendedLine(0, StyledLine.Plain("after"))]) }]);

        Assert.Equal([1], session.Connection.Query("SELECT id FROM search_filters", row => row.GetInt64(0)));
    }

    [Fact(Timeout = Timeout)]
    public async Task Filters_wait_for_the_end_of_a_flood_but_not_for_longer_than_a_minute()
    {
        using var folder = new TestFolder("web: true");
        var (database, _) = new DatabaseOpener(folder.Folder, TimeProvider.System).Open();
        using (var session = new WriterConnection(database, TimeProvider.System))
        {
            session.Connection.Execute(null, "INSERT INTO processes(id, name, line_count) VALUES (1, 'web', 0)");
            session.Store([Lines([.. Enumerable.Range(0, 10_000).Select(i => $"{i}")])]);
        }

        var (time, queue) = (new FakeTimeProvider(DateTimeOffset.UtcNow), new WriteQueue());
        _ = queue.EnqueueCapturedAsync(Lines([.. Enumerable.Repeat("flood", InFlightLimit.Enough)])); // there is no writer
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var making = new SearchFilterService(database, queue, time, NullLogger<SearchFilterService>.Instance).RunAsync(over.Token);
        Assert.IsType<LineBatch>(await queue.Reader.ReadAsync(over.Token));
        for (var beat = 0; beat < 2; beat++) await Heartbeat.NextAsync(over.Token);
        Assert.False(queue.Reader.TryPeek(out _));

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("search_filters", Assert.IsType<RowChange>(await queue.Reader.ReadAsync(over.Token)).Sql, StringComparison.Ordinal);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => making);
        SqliteConnection.ClearAllPools();
    }

    private static LineBatch Lines(params string[] texts) => new(1, 1, LineSource.Terminal, 1_700_000_000_000, [.. texts.Select(StyledLine.Plain)]);

    private static Dictionary<long, byte[]> Filters(OvermindDatabase database)
    {
        using var connection = database.OpenConnection();
        return connection.Query("SELECT id, filter FROM search_filters", row => (Block: row.GetInt64(0), Filter: row.GetFieldValue<byte[]>(1))).ToDictionary(f => f.Block, f => f.Filter);
    }

    private static bool IsWhatIsStored(OvermindDatabase database, long block)
    {
        using var connection = database.OpenConnection();
        using var lines = new JoinedLines(connection);
        var (after, before) = TrigramFilter.RangeOf(block);
        return Filters(database).GetValueOrDefault(block)?.SequenceEqual(lines.Read(after, before, (texts, _) => TrigramFilter.Build(texts))) != false;
    }

    private sealed class EarlierTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - by;
    }
}
