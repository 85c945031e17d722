using OvermindGui.Core.Output;

namespace OvermindGui.Web.Components.Log;

/// <summary>Where lines over time come from: a project's own database, or a hub with those of many. Sources of the same lines are equal.</summary>
public interface ITimelineSource
{
    /// <summary>Another value means that there may be more to show; empty while there is nothing.</summary>
    /// <exception cref="Live.UnreadableException">It cannot be read now.</exception>
    Task<string> StateAsync(CancellationToken cancellationToken);

    /// <summary>Counts and marks of a range.</summary>
    /// <param name="from">Unix milliseconds; null for the oldest line.</param>
    /// <param name="until">Unix milliseconds; null for now.</param>
    /// <param name="bars">The most bars to divide it into.</param>
    /// <exception cref="Live.UnreadableException">It cannot be read now.</exception>
    Task<TimelineReport> ReadAsync(long? from, long? until, int bars, CancellationToken cancellationToken);
}
