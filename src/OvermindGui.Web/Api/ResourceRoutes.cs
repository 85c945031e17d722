using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project;
using OvermindGui.Core.Resources;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Api;

/// <summary>What processes use, now and before.</summary>
internal static class ResourceRoutes
{
    private const int DefaultPoints = 300;
    private const int MaxPoints = 5_000;
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromHours(1);

    public static void MapResources(this RouteGroupBuilder api) => api.MapGet("/process/{name}/resources", ReadAsync).WithTags("Processes")
        .WithSummary("CPU, memory, files and disk of a process and all that it started")
        .WithDescription(
            "now is the newest measurement, null when it does not run; asking makes the daemon measure every 5 s for a while. samples are of the last hour unless since "
            + "and until say otherwise (a span such as 10m, a time or a date), at most points of them: older ones are averages of a minute, of 15 minutes after a day.")
        .WithIntegers("points");

    private static async Task<Results<Ok<ResourcesResponse>, BadRequest<ApiError>, NotFound<ApiError>>> ReadAsync(
        string name, OvermindDatabase database, ProjectFolder folder, TimeProvider time, CancellationToken cancellationToken,
        [FromQuery] string? since = null, [FromQuery] string? until = null, [FromQuery] string? points = null)
    {
        if (KnownNames.ProblemOf(database, name) is { } unknown) return TypedResults.NotFound(new ApiError(unknown));
        if (!QueryNumber.TryRead(points, out var most) || most is < 1 or > MaxPoints) return Refused($"points: expected a whole number from 1 to {MaxPoints}");
        var (from, to) = (time.GetUtcNow() - DefaultSpan, time.GetUtcNow());
        if (!string.IsNullOrEmpty(since) && !PastTime.TryParse(since, time, out from, out var noStart)) return Refused($"since: {noStart}");
        if (!string.IsNullOrEmpty(until) && !PastTime.TryParseEnd(until, time, out to, out var noEnd)) return Refused($"until: {noEnd}");
        if (from >= to) return Refused("since: expected a time before until");
        await ResourceRequest.SendAsync(folder, cancellationToken);
        var history = new ResourceHistory(database);
        return TypedResults.Ok(new ResourcesResponse(
            name, history.Latest(time).GetValueOrDefault(name) is { } now ? ResourceResponse.From(now) : null,
            [.. history.Of(name, from, to, (int)(most ?? DefaultPoints)).Select(ResourceResponse.From)]));
    }

    private static BadRequest<ApiError> Refused(string reason) => TypedResults.BadRequest(new ApiError(reason));
}

/// <summary>What a process and all that it started use.</summary>
/// <param name="Now">The newest measurement; null when it does not run or was not measured yet.</param>
/// <param name="Samples">Oldest first.</param>
public sealed record ResourcesResponse(string Process, ResourceResponse? Now, IReadOnlyList<ResourceResponse> Samples);

/// <summary>A measurement, or the average of several.</summary>
/// <param name="Time">End of the span, epoch seconds.</param>
/// <param name="Span">Its length in seconds.</param>
/// <param name="Cpu">Percent of one core.</param>
/// <param name="CpuPeak">The highest measurement in the span.</param>
/// <param name="Memory">Bytes.</param>
/// <param name="MemoryPeak">The highest measurement in the span.</param>
/// <param name="DiskRead">Bytes per second.</param>
/// <param name="DiskWritten">Bytes per second.</param>
/// <param name="Children">Number of processes besides the process itself.</param>
public sealed record ResourceResponse(
    double Time, int Span, long RunId, double Cpu, double CpuPeak, long Memory, long MemoryPeak, int Threads, int OpenFiles, double DiskRead,
    double DiskWritten, int Children)
{
    internal static ResourceResponse From(ResourcePoint point) => new(
        point.Time.ToUnixSeconds(), point.Span, point.Run, Math.Round(point.Cpu, 2), Math.Round(point.CpuPeak, 2), point.Memory,
        point.MemoryPeak, point.Threads, point.OpenFiles, Math.Round(point.DiskRead), Math.Round(point.DiskWritten), point.Children);
}
