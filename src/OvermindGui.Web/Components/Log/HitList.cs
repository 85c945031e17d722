using OvermindGui.Core.Output;

namespace OvermindGui.Web.Components.Log;

/// <summary>
/// Ids of the lines that contain the searched text, for one contiguous stretch of the history that grows at both ends. The number
/// of ids is bounded, because a common word can have millions of hits.
/// </summary>
internal sealed class HitList(int capacity)
{
    private readonly List<long> _ids = [];

    public int Count => _ids.Count;

    /// <summary>All ids, in order.</summary>
    public IReadOnlyList<long> Ids => _ids;

    /// <summary>The newest and the oldest hit of the stretch.</summary>
    public long? Newest => _ids.Count > 0 ? _ids[^1] : null;

    public long? Oldest => _ids.Count > 0 ? _ids[0] : null;

    /// <summary>The lowest id that was looked at.</summary>
    public long Low { get; private set; }

    /// <summary>The highest id that was looked at.</summary>
    public long High { get; private set; }

    /// <summary>Whether nothing older is stored.</summary>
    public bool ReachesBeginning { get; private set; }

    /// <summary>Whether nothing newer was stored when it was looked at last.</summary>
    public bool ReachesEnd { get; private set; }

    public bool IsFull => _ids.Count >= capacity;

    /// <summary>Begins with an empty stretch in front of an id.</summary>
    public void StartAt(long before)
    {
        _ids.Clear();
        (Low, High, ReachesBeginning, ReachesEnd) = (before, before - 1, false, false);
    }

    public void AddOlder(TextPage<long> page)
    {
        _ids.InsertRange(0, page.Found);
        (Low, ReachesBeginning) = (Math.Min(Low, page.Reached), page.IsEnd);
    }

    /// <summary>Adds newer hits. The oldest are dropped first, because the newest matter most.</summary>
    public void AddNewer(TextPage<long> page)
    {
        _ids.AddRange(page.Found);
        (High, ReachesEnd) = (Math.Max(High, page.Reached), page.IsEnd);
        var surplus = _ids.Count - capacity;
        if (surplus <= 0) return;
        _ids.RemoveRange(0, surplus);
        (Low, ReachesBeginning) = (_ids[0], false);
    }

    /// <summary>Takes in whether a line of the stretch is a hit now. Whether that is another answer than before.</summary>
    public bool Amend(long id, bool isHit)
    {
        if (id < Low || id > High) return false;
        var at = _ids.BinarySearch(id);
        if (at >= 0 == isHit) return false;
        if (isHit) _ids.Insert(~at, id);
        else _ids.RemoveAt(at);
        return true;
    }

    /// <summary>Whether these are all hits there are.</summary>
    public bool IsComplete => ReachesBeginning && ReachesEnd;

    /// <summary>1 for the newest hit, 2 for the one before; null when that is not known.</summary>
    public int? RankOf(long id) => ReachesEnd && _ids.BinarySearch(id) is >= 0 and var at ? _ids.Count - at : null;

    /// <summary>The hit before this place, as far as it is known.</summary>
    public long? OlderThan(long id) => Covers(id) && FirstFrom(id) is > 0 and var at ? _ids[at - 1] : null;

    /// <summary>The hit after this place, as far as it is known.</summary>
    public long? NewerThan(long id) => Covers(id) && FirstFrom(id + 1) is var at && at < _ids.Count ? _ids[at] : null;

    /// <summary>Whether an id is within the stretch, so that the hits around it are known.</summary>
    public bool Covers(long id) => id >= Low && id <= High;

    /// <summary>The hits between two places, both included.</summary>
    public IReadOnlyList<long> Between(long first, long last) => FirstFrom(first) is var from && FirstFrom(last + 1) is var end && from < end ? _ids.GetRange(from, end - from) : [];

    private int FirstFrom(long id) => _ids.BinarySearch(id) is >= 0 and var at ? at : ~_ids.BinarySearch(id);
}
