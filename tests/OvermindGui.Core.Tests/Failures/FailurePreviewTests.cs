using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Failures;

public sealed class FailurePreviewTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private readonly TempProject _project = new TempProject().WithDatabase();

    [Fact]
    public void It_counts_what_would_have_matched_and_shows_the_newest()
    {
        _project.Append("web", Enumerable.Range(1, 5_000).Select(i => i % 100 == 0 ? $"ERROR {i}" : $"fine {i}"));
        _project.Append("api", "error of another");

        var result = Run("web", new FailureDeclaration("error"));

        Assert.Equal((50, 5_000, null), (result.Matches, result.Looked, result.StoppedBecause));
        Assert.Equal(Enumerable.Range(41, 10).Reverse().Select(i => $"ERROR {i * 100}"), result.Newest.Select(l => l.Text));
        Assert.Equal(result.Newest.Select(l => l.Id).OrderDescending(), result.Newest.Select(l => l.Id));
    }

    [Fact]
    public void An_expression_is_tried_as_it_would_be_applied()
    {
        _project.Append("web", "3 Errors", "0 errors", "errors");

        Assert.Equal(["errors", "3 Errors"], Run("web", new FailureDeclaration("(?<!0 )errors", IsRegex: true)).Newest.Select(l => l.Text));
    }

    [Fact]
    public void Words_of_our_own_and_cleared_lines_do_not_count()
    {
        _project.Append("web", "error 1", "error 2", "error 3");
        _project.Execute("UPDATE lines SET stream = $1 WHERE text = 'error 2'", (int)LineSource.Notice);
        _project.Execute("UPDATE processes SET cleared_id = 1");

        var result = Run("web", new FailureDeclaration("error"));

        Assert.Equal("error 3", Assert.Single(result.Newest).Text);
        Assert.Equal(1, result.Looked);
    }

    [Fact]
    public void It_stops_when_its_time_is_over_and_says_so()
    {
        _project.Append("web", Enumerable.Repeat("error", 1_000));

        var result = new FailurePreview(_project.Client, new Stepping()).Run(
            "web", new FailureDeclaration("error"), TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);

        Assert.Equal((200, 200, "it looked for 3 s"), (result.Matches, result.Looked, result.StoppedBecause));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_expression_that_runs_away_is_broken_off_and_told()
    {
        _project.Append("web", new string('a', 60) + "b", "aa", "aa");

        var result = await Task.Run(() => Run("web", new FailureDeclaration(@"^(a+)+\1$", IsRegex: true)), TestContext.Current.CancellationToken);

        Assert.Equal((2, "the expression took too long on a line; an active declaration would be switched off there"), (result.Matches, result.StoppedBecause));
    }

    [Fact]
    public void It_can_be_cancelled()
    {
        _project.Append("web", "error");

        Assert.Throws<OperationCanceledException>(() => new FailurePreview(_project.Client, TimeProvider.System).Run(
            "web", new FailureDeclaration("error"), Long, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Of_an_unknown_process_there_is_nothing_to_look_at() => Assert.Equal((0, null), Of(Run("nope", new FailureDeclaration("error"))));

    [Fact]
    public void Without_a_database_there_is_nothing_to_look_at()
    {
        using var empty = new TempProject();

        Assert.Equal((0, null), Of(new FailurePreview(empty.Client, TimeProvider.System).Run(
            "web", new FailureDeclaration("error"), Long, TestContext.Current.CancellationToken)));
    }

    public void Dispose() => _project.Dispose();

    private static (long, string?) Of(FailurePreviewResult result) => (result.Looked, result.StoppedBecause);

    private FailurePreviewResult Run(string process, FailureDeclaration declaration) =>
        new FailurePreview(_project.Client, TimeProvider.System).Run(process, declaration, Long, TestContext.Current.CancellationToken);

    /// <summary>A clock that moves on by a second with every look.</summary>
    private sealed class Stepping : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _now++;
    }
}
