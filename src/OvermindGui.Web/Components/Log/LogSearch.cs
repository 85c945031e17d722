using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Components.Log;

/// <summary>
/// Searches all stored lines of the current filter; knows the current hit and the number of hits. The search starts at the visible
/// lines, works in chunks, reports interim results, and includes new lines. All calls come from the page's circuit.
/// </summary>
public sealed partial class LogSearch(OvermindDatabase database, TimeProvider time) : IDisposable
{
    /// <summary>More hits than these are just many.</summary>
    public const int MostHits = 10_000;

    private readonly HitList _hits = new(MostHits);
    private CancellationTokenSource? _run;
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
        IsLooking = _filter is not null;
        Changed?.Invoke();
        if (_filter is null) return;
        try
        {
            await LookEverywhereAsync(new BackgroundSearcher(database, _filter, time, stop), place, jump);
            await LookAmongHiddenAsync(lines, match!, stop);
            await GoOnAsync(new BackgroundSearcher(database, _filter, time, stop), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // another search, or none
        }
    }

    /// <summary>Ends what is under way.</summary>
    public void Stop()
    {
        End(ref _run);
        End(ref _step);
    }

    public void Dispose() => Stop();

    private static void End(ref CancellationTokenSource? source)
    {
        source?.Cancel();
        source?.Dispose();
        source = null;
    }
}
