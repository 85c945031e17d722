using System.Globalization;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Application;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

/// <summary>Lines over time of processes of the own project.</summary>
public sealed record ProjectTimeline(OvermindDatabase Database, TimeProvider Time, ProcessFilter Processes) : ITimelineSource
{
    /// <inheritdoc/>
    public Task<string> StateAsync(CancellationToken cancellationToken) => LookAsync(
        () => Database.IsReady() && new OutputPages(Database).LastId() is > 0 and var last ? last.ToString(CultureInfo.InvariantCulture) : "", cancellationToken);

    /// <inheritdoc/>
    public Task<TimelineReport> ReadAsync(long? from, long? until, int bars, CancellationToken cancellationToken) =>
        LookAsync(() => new Timeline(Database, Time).Read(Processes, from, until, bars), cancellationToken);

    private static async Task<T> LookAsync<T>(Func<T> look, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(look, cancellationToken);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            throw new UnreadableException($"The history cannot be read now: {e.Message}", e);
        }
    }
}
