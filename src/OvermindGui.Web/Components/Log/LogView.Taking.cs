using OvermindGui.Core.Output;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

public sealed partial class LogView
{
    private long _lastCounted;

    private async Task TakeAsync(FeedBatch batch, CancellationToken cancellationToken)
    {
        KeepForPages(batch.Amended);
        await AmendAsync(batch.Amended);
        if (cancellationToken.IsCancellationRequested) return; // it is about to begin anew: the snapshot brings the lines
        Search.Saw(batch.Amended.Select(l => l.Id));
        if (!_following)
        {
            await CountNewAsync(batch.Lines);
            return;
        }

        var isNew = batch.Lines.Count > 0 && await AppendAsync(batch.Lines);
        Trim();
        if (_buffer.ShowAmended() || isNew) Render();
    }

    /// <summary>Takes in what came. False when none of it is to be seen.</summary>
    private async Task<bool> AppendAsync(IReadOnlyList<RenderedLine> batch)
    {
        if (batch.Count == 0 || batch[^1].Id <= _buffer.LastId) return false;
        if (!LacksShown(batch))
        {
            _buffer.Append(batch, Filter.Processes);
        }
        else
        {
            // The feed only rings: the database knows which lines match, also of those that a flood left out.
            var (filter, after, last) = (Filter, _buffer.LastId, batch[^1].Id);
            var page = await ReadPageAsync(() => filter.AsksForContent
                ? _search.Before(last + 1, filter, OutputFeed.LinesPerTick)
                : NewestShown(after, last, filter.Processes));
            if (page is null || filter != Filter || !_following) return false;
            _buffer.AppendMatches([.. page.Found.Where(l => l.Id > _buffer.LastId)], page.Reached, last);
            if (page.Found.Count == 0) return false;
        }

        return true;
    }

    /// <summary>Whether lines that are to be seen may not be among these: the feed looks for no text, and a flood of hidden lines leaves holes.</summary>
    private bool LacksShown(IReadOnlyList<RenderedLine> lines) => Filter.AsksForContent
        || (!Filter.Processes.IsEverything && lines[^1].Id - (_buffer.LastId > 0 ? _buffer.LastId : lines[0].Id - 1) > lines.Count);

    private TextPage<OutputLine> NewestShown(long after, long last, ProcessFilter filter)
    {
        var lines = _history.NewestBetween(after, last + 1, filter, OutputFeed.LinesPerTick);
        return new(lines, lines.Count < OutputFeed.LinesPerTick ? after + 1 : lines[0].Id, IsEnd: false);
    }

    /// <summary>With a filter for text a line that changed may have begun to match, or ceased to.</summary>
    private async Task AmendAsync(IReadOnlyList<RenderedLine> amended)
    {
        if (amended.Count == 0) return;
        if (!Filter.AsksForContent)
        {
            _buffer.Amend(amended);
            return;
        }

        var (filter, from) = (Filter, _olderFrom ?? long.MaxValue);
        var seen = amended.Where(l => l.Id >= from && l.Id <= _buffer.LastId).ToList();
        if (seen.Count == 0) return;
        var matching = await ReadAsync(() => _history.MatchesAmong([.. seen.Select(l => l.Id)], filter));
        if (matching is null || filter != Filter) return;
        _buffer.Amend(seen, matching.Select(l => l.Id).ToHashSet());
    }

    private async Task CountNewAsync(IReadOnlyList<RenderedLine> lines)
    {
        if (lines.Count == 0) return;
        var (after, last) = (_lastCounted, lines[^1].Id);
        var count = Filter.AsksForContent ? await CountMatchesAsync(after, last) : CountShown(lines);
        _lastCounted = last;
        _newLines += count;
        if (count > 0) Render();
    }

    private long CountShown(IReadOnlyList<RenderedLine> lines)
    {
        // What the feed left out counts as well; which processes printed it is not known.
        var missing = _lastCounted > 0 ? Math.Max(0, lines[0].Id - _lastCounted - 1) : 0;
        return missing + lines.Count(l => Filter.Processes.Shows(l.Process));
    }

    private async Task<long> CountMatchesAsync(long after, long last)
    {
        var filter = Filter;
        var page = await ReadAsync(() => _search.IdsBefore(last + 1, filter, int.MaxValue));
        return page?.Found.Count(id => id > after) ?? 0;
    }
}
