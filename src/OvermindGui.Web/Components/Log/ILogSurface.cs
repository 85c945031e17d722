using OvermindGui.Core.Output;

namespace OvermindGui.Web.Components.Log;

/// <summary>What a <see cref="LogPager"/> needs of the view that shows its window.</summary>
internal interface ILogSurface
{
    /// <summary>The lines that are to be shown.</summary>
    LineFilter Filter { get; }

    /// <summary>Runs work on the page's circuit, on which all of the window's changes happen.</summary>
    Task OnCircuitAsync(Func<Task> work);

    /// <summary>The window is to be rendered.</summary>
    void Render();

    /// <summary>Completes when the browser has shown the next render.</summary>
    Task ShownAsync();

    /// <summary>The line that is to stay in place while the lines around it are replaced; null for none.</summary>
    Task<LogAnchor?> AnchorAsync();

    /// <summary>After the next render a line stands at this height.</summary>
    void Put(LogAnchor anchor);

    /// <summary>The window follows now, or no longer does.</summary>
    Task FollowingChangedAsync(bool following);

    /// <summary>Whether the view has opened the window elsewhere than at the end.</summary>
    Task<bool> OpensElsewhereAsync();

    /// <summary>The first lines are there.</summary>
    void Loaded();

    /// <summary>Lines are gone, or are others.</summary>
    void Replaced();

    /// <summary>The history has grown, or lines of it are others now.</summary>
    void Saw(IEnumerable<long> amended);
}
