using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Components.Log;

/// <summary>
/// Searches all stored lines of the current filter; knows the current hit and the number of hits. The search starts at the visible
/// lines, works in chunks, reports interim results, and includes new lines. All calls come from the page's circuit.
/// </summary>
public sealed class LogSearch(OvermindDatabase database, TimeProvider time) : IDisposable
{
    /// <summary>More hits than these are just many.</summary>
    public const int MostHits = 10_000;

    // Updates the displayed number at most this often.
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan GoOnInterval = TimeSpan.FromMilliseconds(250);

    private const int MostHidden = 1_000;

    private readonly HitList _hits = new(MostHits);
    private readonly HashSet<long> _amended = [];
    private TaskCompletionSource _news = NewBell();
    private long _reportedAt;
    private CancellationTokenSource? _run;
    private CancellationTokenSource? _step;
    private CancellationTokenSource? _look;
    private IReadOnlyDictionary<string, long> _hidden = new Dictionary<string, long>();
    private (long First, long Last) _extent;
    private LineFilter? _filter;

    /// <summary>There is something else to show.</summary>
    public event Action? Changed;

    /// <summary>The current hit is to be brought into view.</summary>
    public event Action<long>? Jumped;

    /// <summary>What is searched for; null when nothing is.</summary>
    public TextMatch? Match { get; private set; }

    /// <summary>Hits in processes that are not shown, for the page: <c>3 more in 2 hidden processes</c>; null when there are none.</summary>
    public string? HiddenHits { get; private set; }

    /// <summary>Id of the line with the current hit.</summary>
    public long? Current { get; private set; }

    /// <summary>Whether it is still looking.</summary>
    public bool IsLooking { get; private set; }

    /// <summary>How much of the stored output has been looked at, from 0 to 1.</summary>
    public double Progress => !IsLooking || _extent.Last < _extent.First ? 1 : Math.Clamp((double)(_hits.High - _hits.Low + 1) / (_extent.Last - _extent.First + 1), 0, 1);

    /// <summary>The known hits between two lines, both included, in order.</summary>
    public IReadOnlyList<long> HitsBetween(long first, long last) => Match is null ? [] : _hits.Between(first, last);

    /// <summary>Display text: <c>3 of 120</c>, where 1 is the newest hit.</summary>
    public string Summary => this switch
    {
        { Match: null } => "",
        { Current: { } current } => $"{_hits.RankOf(current)?.ToString("N0", CultureInfo.InvariantCulture) ?? "…"} of {Total}",
        { IsLooking: true } => "looking…",
        _ => "no hits",
    };

    private string Total => _hits.Count.ToString("N0", CultureInfo.InvariantCulture) + (IsLooking ? "…" : _hits.IsComplete ? "" : "+");

    /// <summary>Searches stored and new lines, until another call or <see cref="Stop"/> ends it.</summary>
    /// <param name="lines">The lines that are shown.</param>
    /// <param name="place">The last line in view, null for the end: the first hit is the nearest from there upwards.</param>
    /// <param name="jump">Whether to bring that into view.</param>
    public async Task RunAsync(LineFilter lines, TextMatch? match, long? place, bool jump)
    {
        End(ref _run);
        var stop = (_run = new CancellationTokenSource()).Token;
        (Match, Current, HiddenHits, _filter) = (match, null, null, match is null ? null : lines.With(match));
        _hidden = new Dictionary<string, long>();
        IsLooking = _filter is not null;
        Changed?.Invoke();
        if (_filter is null) return;
        try
        {
            await LookAsync(lines, match!, place, jump, stop);
            await GoOnAsync(new BackgroundSearcher(database, _filter, time, stop), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // another search, or none
        }
    }

    /// <summary>Makes the next older or the next newer hit the current one, around both ends. Typing on or another step ends it.</summary>
    public async Task StepAsync(bool older)
    {
        End(ref _step);
        if (_run is null || _filter is null || Current is not { } from) return;
        _step = CancellationTokenSource.CreateLinkedTokenSource(_run.Token);
        var stop = _step.Token;
        try
        {
            var looker = new BackgroundSearcher(database, _filter, time, stop);
            if (await (older ? OlderAsync(from, looker) : NewerAsync(from, looker)) is not { } next) return;
            Current = next;
            Changed?.Invoke();
            Jumped?.Invoke(next);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // asked for something else
        }
    }

    /// <summary>The log has grown, or lines of it are others now.</summary>
    public void Saw(IEnumerable<long> amended)
    {
        if (_filter is null) return;
        _amended.UnionWith(amended);
        _news.TrySetResult();
    }

    /// <summary>Looks no further back; what was found stays, and new lines are looked at as they come.</summary>
    public void StopLooking() => _look?.Cancel();

    /// <summary>How many of the known hits each process has, the most first, and whether it is hidden.</summary>
    public async Task<IReadOnlyList<(string Process, long Hits, bool IsHidden)>> CountByProcessAsync()
    {
        if (_filter is not { } filter || _run is not { } run) return [];
        var counts = await new BackgroundSearcher(database, filter, time, run.Token).CountByProcessAsync([.. _hits.Ids]);
        return
        [
            .. counts.Select(c => (c.Key, c.Value, false)).Concat(_hidden.Select(c => (c.Key, c.Value, true)))
                .OrderBy(c => c.Item3).ThenByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>Ends what is under way.</summary>
    public void Stop()
    {
        End(ref _run);
        End(ref _step);
    }

    public void Dispose() => Stop();

    private async Task LookAsync(LineFilter lines, TextMatch match, long? place, bool jump, CancellationToken stop)
    {
        using var look = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _look = look;
        try
        {
            await LookEverywhereAsync(new BackgroundSearcher(database, _filter!, time, look.Token), place, jump);
            await LookAmongHiddenAsync(lines, match, look.Token);
        }
        catch (OperationCanceledException) when (look.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            IsLooking = false; // the reader has seen enough
            Changed?.Invoke();
        }
        finally
        {
            if (_look == look) _look = null;
        }
    }

    private async Task LookEverywhereAsync(BackgroundSearcher looker, long? place, bool jump)
    {
        _extent = await looker.ExtentAsync();
        _hits.StartAt((place ?? _extent.Last) + 1);
        while (Current is null && !_hits.ReachesBeginning)
        {
            _hits.AddOlder(await looker.BeforeAsync(_hits.Low));
            BeginWith(_hits.Newest, jump);
        }

        while (!_hits.ReachesEnd && !_hits.IsFull)
        {
            _hits.AddNewer(await looker.AfterAsync(_hits.High));
            BeginWith(_hits.Oldest, jump);
        }

        while (!_hits.ReachesBeginning && !_hits.IsFull)
        {
            _hits.AddOlder(await looker.BeforeAsync(_hits.Low));
            ReportRegularly();
        }

        IsLooking = false;
        Changed?.Invoke();
    }

    // When the shown lines have no hit, the right process may be hidden.
    private async Task LookAmongHiddenAsync(LineFilter lines, TextMatch match, CancellationToken stop)
    {
        if (lines.Processes.IsEverything) return;
        var looker = new BackgroundSearcher(database, LineFilter.Everything.With(match), time, stop);
        var hidden = await looker.HiddenNamesAsync(lines.Processes);
        if (hidden.Count == 0) return;
        looker = new BackgroundSearcher(database, new LineFilter(ProcessFilter.Only(hidden)) { Levels = lines.Levels }.With(match), time, stop);
        _hidden = await looker.CountAsync(MostHidden);
        var (hits, processes) = (_hidden.Values.Sum(), _hidden.Count);
        if (hits == 0) return;
        var number = hits.ToString("N0", CultureInfo.InvariantCulture) + (hits >= MostHidden ? "+" : "");
        HiddenHits = $"{number} more in {processes} hidden process{(processes == 1 ? "" : "es")}";
        Changed?.Invoke();
    }

    private void BeginWith(long? hit, bool jump)
    {
        if (Current is not null || hit is null)
        {
            ReportRegularly();
            return;
        }

        Current = hit;
        Changed?.Invoke();
        if (jump) Jumped?.Invoke(hit.Value);
    }

    private async Task GoOnAsync(BackgroundSearcher looker, CancellationToken stop)
    {
        while (true)
        {
            await _news.Task.WaitAsync(stop);
            _news = NewBell();
            var (count, current) = (_hits.Count, Current);
            await AmendAsync(looker);
            if (_hits.ReachesEnd)
            {
                do _hits.AddNewer(await looker.AfterAsync(_hits.High));
                while (!_hits.ReachesEnd);
            }

            Current ??= _hits.Newest;
            if (_hits.Count != count || Current != current || _hits.IsFull) Changed?.Invoke();
            await Task.Delay(GoOnInterval, time, stop);
        }
    }

    private async Task AmendAsync(BackgroundSearcher looker)
    {
        var ids = _amended.Where(_hits.Covers).ToList();
        _amended.Clear();
        if (ids.Count == 0) return;
        var hits = await looker.AmongAsync(ids);
        foreach (var id in ids) _hits.Amend(id, hits.Contains(id));
    }

    private void ReportRegularly()
    {
        if (time.GetElapsedTime(_reportedAt) < ReportInterval) return;
        _reportedAt = time.GetTimestamp();
        Changed?.Invoke();
    }

    private async Task<long?> OlderAsync(long from, BackgroundSearcher looker)
    {
        if (_hits.OlderThan(from) is { } known) return known;
        var isOldest = _hits.ReachesBeginning && _hits.Covers(from);
        if (!isOldest && await looker.NearestBeforeAsync(from) is { } found) return found;
        return _hits.ReachesEnd ? _hits.Newest : await looker.NearestBeforeAsync(long.MaxValue);
    }

    private async Task<long?> NewerAsync(long from, BackgroundSearcher looker)
    {
        if (_hits.NewerThan(from) is { } known) return known;
        var isNewest = _hits.ReachesEnd && _hits.Covers(from);
        if (!isNewest && await looker.NearestAfterAsync(from) is { } found) return found;
        return _hits.ReachesBeginning ? _hits.Oldest : await looker.NearestAfterAsync(0);
    }

    private static TaskCompletionSource NewBell() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void End(ref CancellationTokenSource? source)
    {
        source?.Cancel();
        source?.Dispose();
        source = null;
    }
}
