using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Log;

public sealed class LogSearchTests : IDisposable
{
    private const int Timeout = 60_000;

    private readonly StoredProject _project = new StoredProject().WithDatabase();
    private readonly LogSearch _search;
    private readonly List<long> _jumps = [];
    private Task _run = Task.CompletedTask;

    public LogSearchTests()
    {
        _search = new LogSearch(OvermindDatabase.In(_project.Folder), TimeProvider.System);
        _search.Jumped += _jumps.Add;
    }

    [Fact(Timeout = Timeout)]
    public async Task From_the_end_the_newest_hit_is_the_first()
    {
        _project.Append("web", "hit", "no", "a HIT", "no");
        await RunAsync("hit");
        Assert.Equal((3L, "1 of 2"), (_search.Current!.Value, _search.Summary));
        Assert.Equal([3], _jumps);
    }

    [Fact(Timeout = Timeout)]
    public async Task From_a_place_the_nearest_above_is_the_first()
    {
        _project.Append("web", "hit", "no", "hit", "no", "hit");
        await RunAsync("hit", place: 4);
        Assert.Equal((3L, "2 of 3"), (_search.Current!.Value, _search.Summary));
    }

    [Fact(Timeout = Timeout)]
    public async Task Where_none_is_above_it_is_the_nearest_below()
    {
        _project.Append("web", "no", "no", "hit", "hit");
        await RunAsync("hit", place: 2);
        Assert.Equal((3L, "2 of 2"), (_search.Current!.Value, _search.Summary));
    }

    [Fact(Timeout = Timeout)]
    public async Task Steps_go_around_both_ends()
    {
        _project.Append("web", "hit", "hit", "hit");
        await RunAsync("hit");
        var seen = new List<string>();
        foreach (var older in (bool[])[true, true, true, false, false])
        {
            await _search.StepAsync(older);
            seen.Add($"{_search.Current}: {_search.Summary}");
        }

        Assert.Equal(["2: 2 of 3", "1: 3 of 3", "3: 1 of 3", "1: 3 of 3", "2: 2 of 3"], seen);
        Assert.Equal([3, 2, 1, 3, 1, 2], _jumps);
    }

    [Fact(Timeout = Timeout)]
    public async Task Without_a_hit_it_says_so_and_a_step_goes_nowhere()
    {
        _project.Append("web", "one", "two");
        await RunAsync("three");
        Assert.Equal("no hits", _search.Summary);
        await _search.StepAsync(older: true);
        Assert.Equal((null, 0), (_search.Current, _jumps.Count));
    }

    [Fact(Timeout = Timeout)]
    public async Task Hidden_lines_are_not_searched()
    {
        _project.Append("web", "hit");
        _project.Append("api", "hit", "hit but filtered");
        await RunAsync("hit", lines: new LineFilter(ProcessFilter.Only("api")).With("filtered"));
        Assert.Equal((3L, "1 of 1"), (_search.Current!.Value, _search.Summary));
    }

    [Fact(Timeout = Timeout)]
    public async Task Nobody_is_moved_who_only_opened_a_page()
    {
        _project.Append("web", "hit");
        await RunAsync("hit", jump: false);
        Assert.Equal((1L, 0), (_search.Current!.Value, _jumps.Count));
    }

    [Fact(Timeout = Timeout)]
    public async Task More_hits_than_anybody_counts_are_many_and_a_step_beyond_them_is_found_all_the_same()
    {
        _project.Append("web", "the first hit: flood");
        _project.AppendMany("web", LogSearch.MostHits + 1_000);
        await RunAsync("flood");
        Assert.Equal("1 of 10,000+", _search.Summary);

        await _search.StepAsync(older: false); // around the end to the oldest, which is not among the counted
        Assert.Equal((1L, "… of 10,000+"), (_search.Current!.Value, _search.Summary));
        await _search.StepAsync(older: false);
        Assert.Equal(2, _search.Current);
        await _search.StepAsync(older: true);
        await _search.StepAsync(older: true); // and back
        Assert.Equal("1 of 10,000+", _search.Summary);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_rare_word_is_found_behind_many_other_lines_and_can_be_given_up()
    {
        _project.Append("web", "needle");
        _project.AppendMany("web", 3 * TextSearch.Stretch);
        Start("needle");
        Assert.Equal("looking…", _search.Summary);
        Start("nothing like it");
        Start("needle");
        await UntilAsync(() => !_search.IsLooking);
        Assert.Equal((1L, "1 of 1"), (_search.Current!.Value, _search.Summary));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_comes_is_counted_and_moves_nobody()
    {
        _project.Append("web", "hit");
        await RunAsync("hit");
        _project.Append("web", "hit", "no", "hit");
        _search.Saw([]);
        await UntilAsync(() => _search.Summary == "3 of 3");
        Assert.Equal((1L, 1), (_search.Current!.Value, _jumps.Count));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_first_hit_that_comes_is_the_current_one()
    {
        _project.Append("web", "no");
        await RunAsync("hit");
        _project.Append("web", "hit");
        _search.Saw([]);
        await UntilAsync(() => _search.Summary == "1 of 1");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_line_that_changes_may_become_a_hit_or_cease_to_be_one()
    {
        _project.Append("web", "hit", "10 %", "hit");
        await RunAsync("hit");
        _project.Amend(2, "100 % hit");
        _project.Amend(3, "something else");
        _search.Saw([2, 3]);
        await UntilAsync(() => _search.Summary == "… of 2"); // the current one is no hit any more
        await _search.StepAsync(older: true);
        Assert.Equal((2L, "1 of 2"), (_search.Current!.Value, _search.Summary));
    }

    [Fact(Timeout = Timeout)]
    public async Task Without_a_text_there_is_no_search()
    {
        _project.Append("web", "hit");
        await RunAsync("hit");
        await _search.RunAsync(LineFilter.Everything, null, null, jump: true);
        Assert.Equal(("", null, false), (_search.Summary, _search.Current, _search.IsLooking));
    }

    public void Dispose()
    {
        _search.Dispose();
        _project.Dispose();
    }

    private void Start(string text) => _run = _search.RunAsync(LineFilter.Everything, new TextMatch(text), null, jump: true);

    [Fact(Timeout = Timeout)]
    public async Task Hits_are_counted_by_process_also_those_of_hidden_ones()
    {
        _project.Append("web", "hit", "no", "a hit");
        _project.Append("api", "hit");
        _project.Append("db", "hit", "hit", "hit", "no");
        await RunAsync("hit", lines: new LineFilter(ProcessFilter.Only("web", "api")));
        await UntilAsync(() => _search.HiddenHits is not null);
        Assert.Equal([("web", 2L, false), ("api", 1, false), ("db", 3, true)], await _search.CountByProcessAsync());
        Assert.Equal("3 more in 1 hidden process", _search.HiddenHits);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_was_found_stays_when_the_reader_stops_it()
    {
        _project.Append("web", "hit", "no", "hit", "hit");
        _search.Changed += StopAtTheFirst;
        await RunAsync("hit", place: 3);
        Assert.Equal((3L, "… of 2+"), (_search.Current!.Value, _search.Summary));
        Assert.Equal([1L, 3L], _search.HitsBetween(1, 4));
        await _search.StepAsync(older: true);
        Assert.Equal(1, _search.Current);

        void StopAtTheFirst()
        {
            if (_search is { Current: not null, IsLooking: true }) _search.StopLooking();
        }
    }

    private async Task RunAsync(string text, long? place = null, bool jump = true, LineFilter? lines = null)
    {
        _run = _search.RunAsync(lines ?? LineFilter.Everything, new TextMatch(text), place, jump);
        await UntilAsync(() => !_search.IsLooking);
    }

    // A search that failed ends the wait.
    private Task UntilAsync(Func<bool> condition) => Eventually.TrueAsync(() =>
    {
        if (_run.IsFaulted) _run.GetAwaiter().GetResult();
        return condition();
    });
}
