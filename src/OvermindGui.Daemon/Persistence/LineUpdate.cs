using Microsoft.Data.Sqlite;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Daemon.Persistence;

/// <summary>Changes stored lines and logs the changes for readers that follow. Old entries of the change log are removed.</summary>
internal sealed class LineUpdate(SqliteConnection connection, LineCounter counter) : IDisposable
{
    // A reader that is further behind starts over.
    private const int Kept = 10_000;
    private const int PrunedAtOnce = 1_000;

    private readonly ContentEncoder _content = new();
    private readonly PreparedStatement _update = new(connection, "UPDATE lines SET text = ?2, style = ?3, level = ?4, continues = ?5, fingerprint = ?6 WHERE id = ?1");
    private readonly PreparedStatement _before = new(connection, $"SELECT time, level, {LineSize.Sql} FROM lines WHERE id = ?1");
    private readonly PreparedStatement _log = new(connection, "INSERT INTO amendments(line_id) VALUES (?1)");
    private readonly PreparedStatement _unfilter = new(connection, "DELETE FROM search_filters WHERE id = ?1");
    private readonly PreparedStatement _prune = new(connection, "DELETE FROM amendments WHERE id <= ?1");

    /// <exception cref="SqliteException">SQLite refused; nothing of the transaction counts.</exception>
    public void Amend(int process, LiveLines live)
    {
        foreach (var (number, line, traits) in live.Amended)
        {
            var id = live.Ids[number];
            if (id == 0) continue;
            _before.Bind(1, id);
            var before = _before.ReadNumbers();
            _content.Clear();
            var content = _content.Add(line);
            if (before is var (time, level, bytesBefore)) counter.Move(id, process, time, (LineLevels.FromStored(level), traits.Level), content.Size - bytesBefore);
            _update.Bind(1, id);
            _content.Bind(_update, 2, content);
            _update.Bind(4, (int)traits.Level);
            _update.Bind(5, traits.Continues ? 1 : 0);
            _update.Bind(6, LineRow.FingerprintOf(line, traits, isOutput: true));
            _update.Execute();
            _unfilter.Bind(1, TrigramFilter.BlockOf(id));
            _unfilter.Execute();
            _log.Bind(1, id);
            _log.Execute();
            var entry = _log.LastInsertId;
            if (entry % PrunedAtOnce != 0) continue;
            _prune.Bind(1, entry - Kept);
            _prune.Execute();
        }
    }

    public void Dispose()
    {
        _before.Dispose();
        _update.Dispose();
        _log.Dispose();
        _unfilter.Dispose();
        _prune.Dispose();
    }
}
