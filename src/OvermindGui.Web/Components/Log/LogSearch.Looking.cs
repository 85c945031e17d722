using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;

namespace OvermindGui.Web.Components.Log;

public sealed partial class LogSearch
{
    // Updates the displayed number at most this often.
    private static readonly TimeSpan TellInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan GoOnInterval = TimeSpan.FromMilliseconds(250);

    private const int MostHidden = 1_000;

    private readonly HashSet<long> _amended = [];
    private TaskCompletionSource _news = NewBell();
    private long _told;

    /// <summary>The log has grown, or lines of it are others now.</summary>
    public void Saw(IEnumerable<long> amended)
    {
        if (_filter is null) return;
        _amended.UnionWith(amended);
        _news.TrySetResult();
    }

    private async Task LookEverywhereAsync(BackgroundSearcher looker, long? place, bool jump)
    {
        _hits.StartAt((place ?? await looker.LastIdAsync()) + 1);
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
            TellNowAndThen();
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
        var (hits, processes) = await looker.CountAsync(MostHidden);
        if (hits == 0) return;
        var number = hits.ToString("N0", CultureInfo.InvariantCulture) + (hits >= MostHidden ? "+" : "");
        HiddenHits = $"{number} more in {processes} hidden process{(processes == 1 ? "" : "es")}";
        Changed?.Invoke();
    }

    private void BeginWith(long? hit, bool jump)
    {
        if (Current is not null || hit is null)
        {
            TellNowAndThen();
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

    private void TellNowAndThen()
    {
        if (time.GetElapsedTime(_told) < TellInterval) return;
        _told = time.GetTimestamp();
        Changed?.Invoke();
    }

    private static TaskCompletionSource NewBell() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
