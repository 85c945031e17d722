using System.Text;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Tests.Failures;

/// <summary>Which lines of a stream hit, from bytes to hits. Every declaration only notifies, unless it says otherwise.</summary>
public class MatchingTests
{
    private readonly WriteQueue _queue = new();
    private readonly List<string> _hits = [];
    private readonly List<string> _storedAtHit = [];
    private readonly ActiveDeclarations _declarations = new(FailureAction.Notify);
    private readonly RunFailureDetector _run;
    private readonly StreamCapture _stream;

    public MatchingTests()
    {
        _run = new RunFailureDetector(new RunIdentity(1, 1), _declarations, TimeProvider.System, hit =>
        {
            _hits.Add($"{hit.Declaration.Pattern}: {hit.Text}");
            _storedAtHit.AddRange(Stored());
        });
        _stream = NewStream();
    }

    [Theory]
    [InlineData("\e[31mFa\e[1mtal \e[38;5;9merror\e[0m: x\n", "Fatal error: x")]
    [InlineData("\e]8;;http://x.example/\e\\FATAL\e]8;;\e\\ \e[7merror\n", "FATAL error")]
    [InlineData("fa\btal error\n", null)]
    [InlineData("fatal\rFATAL error\n", "FATAL error")]
    [InlineData("fatal\nerror\n", null)]
    public async Task The_text_counts_as_it_is_shown(string output, string? hit)
    {
        Declare("fatal error");

        await FeedAsync(output);

        Assert.Equal(hit is null ? [] : [$"fatal error: {hit}"], _hits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task A_text_over_the_borders_of_chunks_hits_once(int size)
    {
        Declare("fatal é error");

        foreach (var chunk in "one\nthe FATAL é ERROR\nthe FATAL é ERROR\n"u8.ToArray().Chunk(size)) await _stream.FeedAsync(chunk);

        Assert.Equal(["fatal é error: the FATAL é ERROR"], _hits);
    }

    [Fact]
    public async Task A_prompt_that_grows_is_looked_at_once_it_has_its_end_and_as_a_whole()
    {
        Declare("Name:", "Ada");

        await FeedAsync("Name: ");
        await _stream.FlushAsync();
        await FeedAsync("A");
        await _stream.FlushAsync();
        await FeedAsync("da");
        Assert.Empty(_hits);
        await FeedAsync("\n");

        Assert.Equal(["Name:: Name: Ada"], _hits);
    }

    [Fact]
    public async Task A_line_that_was_reported_before_its_end_hits_when_the_end_brings_nothing_more()
    {
        Declare("fatal");

        await FeedAsync("fatal");
        await _stream.FlushAsync();
        Assert.Empty(_hits);
        await FeedAsync("\n");

        Assert.Equal(["fatal: fatal"], _hits);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_last_line_of_a_stream_needs_no_newline(bool flushed)
    {
        Declare("fatal");
        await FeedAsync("fatal");
        if (flushed) await _stream.FlushAsync();

        await _stream.CompleteAsync();

        Assert.Equal(["fatal: fatal"], _hits);
    }

    [Fact]
    public async Task A_line_that_a_program_goes_back_to_is_looked_at_as_it_is_then()
    {
        Declare("failed");
        await FeedAsync("task 1: ok\ntask 2: running\ntask 3: ok\n");

        await FeedAsync("\e[2A\e[2Ktask 2: FAILED");
        await _stream.FlushAsync();

        Assert.Equal(["failed: task 2: FAILED"], _hits);
    }

    [Fact]
    public async Task A_line_hits_at_most_once_however_often_it_changes()
    {
        Declare("failed", "again");
        await FeedAsync("task 1: failed\n");

        await FeedAsync("\e[A\e[2Ktask 1: again\n");
        await _stream.FlushAsync();

        Assert.Equal(["failed: task 1: failed"], _hits);
    }

    [Fact]
    public async Task What_was_printed_before_the_declaration_never_hits()
    {
        await FeedAsync("fatal\n");
        Declare("fatal");
        Assert.Empty(_hits);

        await FeedAsync("fatal again\n");

        Assert.Equal(["fatal: fatal again"], _hits);
    }

    [Theory]
    [InlineData("\n", null)]
    [InlineData(" and more\n", null)]
    [InlineData(" and FATAL\n", "other: fatal and FATAL OTHER")]
    public async Task A_line_that_stood_there_without_its_end_hits_only_for_what_comes(string rest, string? hit)
    {
        Declare("other");
        await FeedAsync("fatal");
        await _stream.FlushAsync();
        Declare("fatal", "other");

        await FeedAsync(rest.Replace("FATAL", "FATAL OTHER", StringComparison.Ordinal));

        Assert.Equal(hit is null ? [] : [hit], _hits);
    }

    [Fact]
    public async Task A_line_that_grows_under_changing_declarations_keeps_what_was_active()
    {
        Declare("fatal");
        await FeedAsync("fatal");
        await _stream.FlushAsync();
        Declare("fatal", "unrelated");
        await FeedAsync(" er");
        await _stream.FlushAsync();
        await FeedAsync("ror\n");

        Assert.Equal(["fatal: fatal error"], _hits);
    }

    [Fact]
    public async Task What_is_removed_hits_no_more()
    {
        Declare("fatal");
        _declarations.Matcher = null;

        await FeedAsync("fatal\n");

        Assert.Empty(_hits);
    }

    [Fact]
    public async Task A_declaration_that_notifies_hits_once_a_run_and_leaves_the_others_active()
    {
        Declare("first", "second");

        await FeedAsync("first\nfirst second\nsecond\nsecond\n");

        Assert.Equal(["first: first", "second: second"], _hits);
    }

    [Theory]
    [InlineData(FailureAction.Restart)]
    [InlineData(FailureAction.Stop)]
    public async Task After_a_hit_that_ends_the_run_nothing_hits_in_any_of_its_streams(FailureAction action)
    {
        Declare(new FailureDeclaration("first", action), new FailureDeclaration("second"));

        await FeedAsync("first\nsecond\n");
        await NewStream().FeedAsync("first\nsecond\n"u8);

        Assert.Equal(["first: first"], _hits);
    }

    [Fact]
    public async Task The_last_words_of_a_run_that_is_stopped_are_no_failure()
    {
        Declare("fatal");
        _run.End();

        await FeedAsync("fatal: interrupted\n");

        Assert.Empty(_hits);
    }

    [Fact]
    public async Task A_hit_is_reported_when_its_line_is_on_its_way_into_the_store()
    {
        Declare("fatal");

        await FeedAsync("one\nfatal\n");

        Assert.Equal(["one", "fatal"], _storedAtHit);
    }

    private StreamCapture NewStream() => new(
        new RunIdentity(1, 1), LineSource.Terminal, TerminalSize.Default, _queue, TimeProvider.System, new StreamFailureDetector(_run));

    private void Declare(params string[] texts) => Declare([.. texts.Select(t => new FailureDeclaration(t))]);

    private void Declare(params FailureDeclaration[] declarations) =>
        _declarations.Matcher = new FailureMatcher(declarations, TimeProvider.System, _ => { });

    private ValueTask FeedAsync(string output) => _stream.FeedAsync(Encoding.UTF8.GetBytes(output));

    private IEnumerable<string> Stored()
    {
        while (_queue.Reader.TryRead(out var item))
        {
            item.Release();
            if (item is LineBatch batch)
                foreach (var line in batch.Lines) yield return line.Text;
        }
    }
}
