using OvermindGui.Core.Output;
using OvermindGui.Core.Resources;

namespace OvermindGui.Web.Components.Resources;

/// <summary>Where the measurements of a process come from: the own project, or a hub.</summary>
public interface IResourceSource
{
    /// <summary>All processes together: percent of one core, and bytes; null where that is not known.</summary>
    (double Cpu, long Memory)? Total { get; }

    /// <summary>Calls back when there may be new measurements, on any thread, until it is disposed.</summary>
    IDisposable Watch(Action changed);

    /// <summary>Measurements of a range, at most so many, and what happened in it.</summary>
    /// <exception cref="Live.UnreadableException">It cannot be read now.</exception>
    Task<(IReadOnlyList<ResourcePoint> Points, TimelineReport Timeline)> ReadAsync(DateTimeOffset from, DateTimeOffset until, int most, int bars, CancellationToken cancellationToken);
}
