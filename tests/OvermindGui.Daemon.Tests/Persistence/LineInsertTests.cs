using OvermindGui.Core.Contracts;
using OvermindGui.Core.Errors;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Tests.Persistence;

/// <summary>Rows that share a statement keep their own columns, and streams get the ids of their lines.</summary>
public sealed class LineInsertTests : IDisposable
{
    private static readonly TextStyle Bold = new(TextAttributes.Bold, default, default);

    private readonly TestFolder _folder = new("p: sleep 1000");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(250)]
    public void Reads_of_any_length_are_stored_as_they_are(int longest)
    {
        var random = new Random(longest);
        var ids = new LineIds();
        var number = 0L;
        var batches = new List<LineBatch>();
        for (var i = 0; i < 30; i++)
        {
            var lines = Enumerable.Range(0, random.Next(1, longest + 1)).Select(line => LineOf(random, $"{i} {line}")).ToArray();
            var source = (LineSource)random.Next(4);
            batches.Add(new LineBatch(random.Next(1, 4), random.Next(2) == 0 ? null : random.Next(1, 3), source, 1_000 + i / 3, lines)
            {
                Traits = random.Next(4) == 0 ? [] : [.. lines.Select(_ => new LineTraits((LineLevel)random.Next(5), random.Next(2) == 0))],
                Live = source == LineSource.Terminal ? new LiveLines(ids, number, []) : null,
            });
            if (source == LineSource.Terminal) number += lines.Length;
        }

        var (database, _) = new DatabaseOpener(_folder.Folder, TimeProvider.System).Open();
        using (var writer = new WriterConnection(database, TimeProvider.System))
            foreach (var some in batches.Chunk(11)) writer.Store(some);

        var stored = Stored(database);
        Assert.Equal(batches.SelectMany(batch => batch.Lines.Select((line, i) => Expected(batch, line, i))), stored.Select(line => line.Row));
        var terminal = stored.Where(line => line.Row.Stream == (long)LineSource.Terminal).ToList();
        for (var newest = Math.Max(0, number - LineAssembler.LiveLines); newest < number; newest++) Assert.Equal(terminal[(int)newest].Id, ids[newest]);
    }

    private static StyledLine LineOf(Random random, string text) => random.Next(3) switch
    {
        0 => StyledLine.Plain(text),
        1 => StyledLine.Plain(new string('ü', random.Next(10_000)) + "😀" + text),
        _ => new StyledLine(text, [new StyleRun(0, 1, Bold), new StyleRun(1, text.Length - 1, TextStyle.Default)]),
    };

    private sealed record Row(long Process, long? Run, long Time, long Stream, string Text, string? Style, long Level, long Continues, long? Fingerprint);

    private static Row Expected(LineBatch batch, StyledLine line, int index)
    {
        var traits = batch.Traits.Length == 0 ? LineTraits.Neutral : batch.Traits[index];
        return new Row(
            batch.ProcessId, batch.RunId, batch.Time, (long)batch.Source, line.Text, StyleRunCodec.Encode(line), (long)traits.Level, traits.Continues ? 1 : 0,
            traits.NamesError && batch.Source != LineSource.Notice ? ErrorFingerprint.Of(line.Text) : null);
    }

    private static List<(long Id, Row Row)> Stored(OvermindDatabase database)
    {
        using var connection = database.OpenConnection();
        return connection.Query(
            "SELECT id, process_id, run_id, time, stream, text, style, level, continues, fingerprint FROM lines ORDER BY id",
            row => (row.GetInt64(0), new Row(
                row.GetInt64(1), row.Nullable<long?>(2), row.GetInt64(3), row.GetInt64(4), row.GetString(5), row.Nullable<string>(6), row.GetInt64(7), row.GetInt64(8),
                row.Nullable<long?>(9))));
    }
}
