using Microsoft.Data.Sqlite;
using OvermindGui.Core.Output;
using OvermindGui.Core.Resources;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Resources;

/// <summary>Measurements of a process of the own project.</summary>
public sealed class ProjectResources(OvermindDatabase database, ResourceFeed feed, TimeProvider time, string process) : IResourceSource
{
    /// <inheritdoc/>
    public (double Cpu, long Memory)? Total => feed.Total;

    /// <inheritdoc/>
    public IDisposable Watch(Action changed) => feed.Watch(changed);

    /// <inheritdoc/>
    public async Task<(IReadOnlyList<ResourcePoint> Points, TimelineReport Timeline)> ReadAsync(
        DateTimeOffset from, DateTimeOffset until, int most, int bars, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(
                () => (new ResourceHistory(database).Of(process, from, until, most),
                    new Timeline(database, time).Read(ProcessFilter.Only(process), from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds(), bars)),
                cancellationToken);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            throw new UnreadableException($"The samples cannot be read now: {e.Message}", e);
        }
    }
}
