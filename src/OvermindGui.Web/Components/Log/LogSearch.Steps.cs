namespace OvermindGui.Web.Components.Log;

public sealed partial class LogSearch
{
    private CancellationTokenSource? _step;

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
}
