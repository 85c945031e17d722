using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Output;

/// <summary>
/// The search and a look at each line find the same: 20,000 lines and 400 questions, in a long run 100,000 and 2,000, while lines change, are
/// cleared, restored, pruned and get filters.
/// </summary>
public sealed class SearchOracleTests : IDisposable
{
    private const int Rounds = 20;
    private const int Limit = 40;
    private const int Window = 4_000;

    private static readonly int Lines = LongRun.Choose(20_000, 100_000);
    private static readonly int QuestionsEach = LongRun.Choose(20, 100);

    private static readonly string[] Processes = ["web", "api", "db", "worker#1", "worker#2"];

    private static readonly string[] Words =
    [
        "error", "Error", "ERROR", "timeout", "GET", "/orders/", "100%", "a_b", @"C:\temp", "[x]", "(y)", "\"q\"", "'s'", "É", "é", "straße", "STRASSE", "ΟΔΌΣ", "οδός",
        "\u212A", "k", "İ", "i", "ı", "😀", "…", "日本", "--flag", "x=1", "user_id", "$", "^", "a.b", "aab", "K9", "\t", "%s", "\\d", "#", "ſ", "s",
    ];

    private static readonly string[] Expressions =
    [
        @"\d{3}", @"^error", @"timeout$", @"(GET|POST) /", @"[A-Z]{5}", @"a.b", @"x=\d+ ", @"\berr", @"É|é", @"(?i)straße", @"^$", @"\p{Lu}\p{Ll}+ \d", @"[^ ]{12,}", @"k\d", @"a+b", @"\.", @"^.{0,20}$", @"user_\w+",
    ];

    private readonly TempProject _project = new TempProject().WithDatabase();
    private readonly StoredLine[] _lines = new StoredLine[Lines + 1]; // by id
    private readonly Dictionary<string, long> _cleared = [];
    private readonly int _seed = Random.Shared.Next();
    private int _first = 1; // what is older was pruned

    public void Dispose() => _project.Dispose();

    private sealed record StoredLine(string Process, long Time, int Level, long Run, string Text);

    private sealed record Question(LineFilter Filter, Func<StoredLine, bool> Matches, long After, long Before, bool NewestFirst);

    [Fact]
    public async Task The_search_finds_what_a_look_at_each_line_finds()
    {
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {_seed}");
        var random = new Random(_seed);
        Fill(random);
        for (var round = 0; round < Rounds; round++)
        {
            Disturb(random, round);
            if (round % 3 == 1) MakeFilters(random);
            for (var i = 0; i < QuestionsEach; i++) Check(Ask(random));
        }

        await PruneWhileSearchingAsync(random);
    }

    private void Check(Question question)
    {
        long[] ids = [.. Expected(question).Take(Limit).Order()];
        var page = Search(question);
        Assert.True(ids.SequenceEqual(page.Lines.Select(line => line.Id)), $"seed {_seed}: {Text(question)}: expected {string.Join(',', ids)}, found {string.Join(',', page.Lines.Select(line => line.Id))}");
        Assert.All(page.Lines, line => Assert.Equal(_lines[line.Id].Text, line.Content.Text));
    }

    // Lines that go meanwhile may be found or not; all that stay are found, and nothing else.
    private async Task PruneWhileSearchingAsync(Random random)
    {
        var stays = _first + (Lines - _first) / 3;
        var pruning = Task.Run(() =>
        {
            for (var upTo = _first; upTo < stays; upTo += 500) _project.Execute("DELETE FROM lines WHERE id < $1", Math.Min(upTo, stays));
            _project.Execute("DELETE FROM lines WHERE id < $1", stays);
        });
        do
        {
            var question = Ask(random) with { After = 0, Before = long.MaxValue, NewestFirst = true };
            var found = Search(question).Lines.Select(line => line.Id).Reverse().ToList();
            var expected = Expected(question).Take(Limit).ToList();
            Assert.True(found.TrueForAll(expected.Contains) && expected.Where(id => id >= stays).SequenceEqual(found.Where(id => id >= stays)), $"seed {_seed}: {Text(question)} while lines are pruned");
        }
        while (!pruning.IsCompleted);
        await pruning;
    }

    private IEnumerable<long> Expected(Question question)
    {
        var (first, last) = (Math.Max(_first, question.After + 1), Math.Min(Lines, question.Before - 1));
        for (var i = 0; i <= last - first; i++)
        {
            var id = question.NewestFirst ? last - i : first + i;
            if (Shows(question.Filter, id, _lines[id]) && question.Matches(_lines[id])) yield return id;
        }
    }

    private SearchPage Search(Question question) => new OutputSearch(_project.Client, question.Filter, new FakeTimeProvider())
        .Find(question.After, question.Before, question.NewestFirst, Limit, TestContext.Current.CancellationToken);

    private bool Shows(LineFilter filter, long id, StoredLine line) =>
        id > _cleared.GetValueOrDefault(line.Process) && filter.Processes.Shows(line.Process) && filter.Levels.Shows((LineLevel)line.Level)
        && !(line.Time < filter.Since) && !(line.Time > filter.Until) && (filter.Run is null || filter.Run == line.Run);

    private Question Ask(Random random)
    {
        List<(TextMatch Text, Func<string, bool> IsIn)> texts = [AskForText(random)];
        if (random.Next(4) == 0) texts.Add(AskForText(random));
        var processes = random.Next(4) switch
        {
            0 => ProcessFilter.Only(Pick(random, Processes), Pick(random, Processes)),
            1 => new ProcessFilter(new HashSet<string> { Pick(random, Processes) }),
            _ => ProcessFilter.Everything,
        };
        var filter = texts.Aggregate(new LineFilter(processes), (lines, text) => lines.With(text.Text));
        if (random.Next(6) == 0) filter = filter with { Levels = LevelSet.Only((LineLevel)random.Next(5), (LineLevel)random.Next(5)) };
        if (random.Next(8) == 0) filter = filter with { Run = random.Next(1, 12) };
        if (random.Next(8) == 0) filter = filter with { Since = TimeOf(random.Next(Lines)) };
        if (random.Next(8) == 0) filter = filter with { Until = TimeOf(random.Next(Lines)) };
        // A few look at everything: the rest are to be many.
        var start = random.Next(_first - 1, Lines);
        return new Question(
            filter, line => texts.TrueForAll(text => text.IsIn(line.Text) != text.Text.Excludes), random.Next(12) == 0 ? 0 : start,
            random.Next(12) == 0 ? long.MaxValue : start + random.Next(1, Window), random.Next(2) == 0);
    }

    private (TextMatch Text, Func<string, bool> IsIn) AskForText(Random random)
    {
        var matchCase = random.Next(3) == 0;
        if (random.Next(3) == 0)
        {
            var expression = random.Next(3) == 0 ? Regex.Escape(Part(random)) + Pick(random, ["", @"\b", ".", "$"]) : Pick(random, Expressions);
            var regex = new Regex(expression, RegexOptions.CultureInvariant | (matchCase ? RegexOptions.None : RegexOptions.IgnoreCase));
            return (new TextMatch(expression) { IsRegex = true, MatchCase = matchCase, Excludes = random.Next(8) == 0 }, regex.IsMatch);
        }

        var text = random.Next(2) == 0 ? Part(random) : Pick(random, Words);
        if (random.Next(3) == 0) text = random.Next(2) == 0 ? text.ToUpperInvariant() : text.ToLowerInvariant();
        var word = random.Next(5) == 0 ? new Regex(Regex.Escape(text), RegexOptions.CultureInvariant | (matchCase ? RegexOptions.None : RegexOptions.IgnoreCase)) : null;
        return (new TextMatch(text) { MatchCase = matchCase, WholeWord = word is not null, Excludes = random.Next(6) == 0 }, line => Holds(line, text, matchCase, word));
    }

    // A part of a line, which may begin within a word, but not within a character.
    private string Part(Random random)
    {
        var line = _lines[random.Next(_first, Lines + 1)].Text;
        var runes = line.EnumerateRunes().ToArray();
        if (runes.Length == 0) return "e";
        var start = random.Next(runes.Length);
        return string.Concat(runes.Skip(start).Take(random.Next(1, 14)).Select(r => r.ToString()));
    }

    /// <param name="word">Finds the text, when it is to be a whole word.</param>
    private static bool Holds(string line, string text, bool matchCase, Regex? word)
    {
        if (word is null) return line.Contains(text, matchCase ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
        for (var hit = word.Match(line); hit.Success; hit = hit.Index < line.Length ? word.Match(line, hit.Index + 1) : Match.Empty)
            if (IsEdge(line, hit.Index) && IsEdge(line, hit.Index + hit.Length)) return true;
        return false;

        // Not between two characters of a word.
        static bool IsEdge(string s, int at) => at == 0 || at == s.Length || !(IsWord(s[at - 1]) && IsWord(s[at]));

        static bool IsWord(char c) => char.IsLetterOrDigit(c) && !char.IsNumber(c) || char.GetUnicodeCategory(c)
            is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.NonSpacingMark;
    }

    private void Fill(Random random)
    {
        using var connection = _project.Owner.OpenConnection();
        foreach (var process in Processes) connection.Execute(null, "INSERT INTO processes(name, line_count) VALUES ($1, $2)", process, Lines / Processes.Length);
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO lines(process_id, run_id, time, stream, text, level) VALUES ($p, $r, $t, 2, $x, $l)";
        foreach (var name in (string[])["$p", "$r", "$t", "$x", "$l"]) insert.Parameters.AddWithValue(name, 0);
        for (var i = 1; i <= Lines; i++)
        {
            var process = random.Next(Processes.Length);
            var line = new StoredLine(Processes[process], TimeOf(i), random.Next(5), i / 10_000 + 1, NewText(random));
            _lines[i] = line;
            (insert.Parameters["$p"].Value, insert.Parameters["$r"].Value, insert.Parameters["$t"].Value) = (process + 1, line.Run, line.Time);
            (insert.Parameters["$x"].Value, insert.Parameters["$l"].Value) = (line.Text, line.Level);
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static string NewText(Random random)
    {
        if (random.Next(40) == 0) return "";
        var text = new StringBuilder();
        for (var words = random.Next(1, 9); words > 0; words--)
            text.Append(random.Next(3) == 0 ? $"{random.Next(10_000)}" : Pick(random, Words)).Append(random.Next(4) == 0 ? "" : " ");
        return text.ToString();
    }

    private void Disturb(Random random, int round)
    {
        for (var i = 0; i < 100; i++)
        {
            var id = random.Next(_first, Lines + 1);
            _lines[id] = _lines[id] with { Text = NewText(random) };
            // As the daemon does it: with the line its filter goes.
            _project.Execute("UPDATE lines SET text = $2 WHERE id = $1; DELETE FROM search_filters WHERE id = $3", id, _lines[id].Text, TrigramFilter.BlockOf(id));
        }

        var process = Pick(random, Processes);
        if (round % 4 == 2) Clear(process, random.Next(_first, _first + Lines / 4));
        else if (round % 4 == 3) Clear(process, 0); // undone
        if (round % 5 != 4) return;
        _first += 1_500;
        _project.Execute("DELETE FROM lines WHERE id < $1", _first);
    }

    private void Clear(string process, long upTo)
    {
        _cleared[process] = upTo;
        _project.Execute("UPDATE processes SET cleared_id = $2 WHERE name = $1", process, upTo);
    }

    private void MakeFilters(Random random)
    {
        using var connection = _project.Owner.OpenConnection();
        using var lines = new JoinedLines(connection);
        for (var block = 0; block <= TrigramFilter.BlockOf(Lines); block++)
        {
            if (random.Next(3) == 0) continue;
            var (after, before) = TrigramFilter.RangeOf(block);
            var filter = lines.Read(after, before, (texts, _) => TrigramFilter.Build(texts));
            connection.Execute(null, "INSERT OR REPLACE INTO search_filters(id, filter) VALUES ($1, $2)", block, filter);
        }
    }

    private static string Text(Question question) => string.Join(" and ", question.Filter.Texts.Select(t => t.ToString())) + $" {question}";

    private static T Pick<T>(Random random, T[] items) => items[random.Next(items.Length)];

    private static long TimeOf(int line) => 1_700_000_000_000 + line * 100L;
}
