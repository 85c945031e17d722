using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Configuration;

namespace OvermindGui.Web.Api;

/// <summary>How things are: all at once, in short, and about the daemon. The last two also answer where there is no database.</summary>
internal static class StateRoutes
{
    private const string Running = "running";

    public static void MapState(this RouteGroupBuilder api) =>
        api.MapGet("/state", ReadState).WithTags("State").WithSummary("Everything at once: the newest lines, processes and numbers");

    public static void MapStatus(this RouteGroupBuilder api)
    {
        api.MapGet("/status", ReadStatus).WithTags("State").WithSummary("The system in short");
        api.MapGet("/daemon/info", ReadDaemonInfo).WithTags("State").WithSummary("The daemon");
    }

    private static Ok<StateResponse> ReadState(ProcessReader processes, OvermindDatabase database)
    {
        // Read the lines first: later lines have higher ids than the returned one, so the next poll returns them.
        var lines = PollRoute.Newest(database);
        var extents = new OutputHistory(database).Extents();
        var now = processes.Read();
        var daemon = now.System.DaemonAlive ? Running : "stopped";
        return TypedResults.Ok(new StateResponse(
            [.. lines.Select(OutputLineResponse.From)], now.Statuses(), lines.Count > 0 ? lines[^1].Id : new OutputHistory(database).LastId(),
            now.Dicts(), now.Stats(), daemon, daemon, ProductVersion.Text,
            new QueueStats(
                extents.Count, extents.Sum(e => e.LineCount),
                extents.ToDictionary(e => e.Process, e => new ProcessQueueStats(e.LineCount, e.FirstId, e.LastId)))));
    }

    private static Ok<StatusResponse> ReadStatus(OvermindDatabase database, TimeProvider time)
    {
        var system = new SystemReader(database).Read();
        var uptime = DaemonReader.ReadLiving(database) is { } daemon ? Math.Max(0, time.Seconds() - daemon.StartedAt) : 0;
        var last = database.IsReady() ? new OutputHistory(database).LastId() : 0;
        return TypedResults.Ok(new StatusResponse(
            system.DaemonAlive, system.DaemonAlive, system.Processes.Count, system.LineCount, uptime, last, system.LineCount,
            ShippingResponse.Of(system, ShippingState.Hub), ShippingResponse.Of(system, ShippingState.Otlp)));
    }

    private static Ok<DaemonInfo> ReadDaemonInfo(OvermindDatabase database, WebServerOptions options)
    {
        var living = DaemonReader.ReadLiving(database);
        var known = living ?? DaemonReader.ReadLast(database);
        var address = (IPEndPoint)options.ListenSocket.LocalEndPoint!;
        return TypedResults.Ok(new DaemonInfo(
            living is not null, known?.Id, address.Address.ToString(), address.Port, living is null ? "disconnected" : "connected",
            living?.Pid, known?.Mode, known?.StartedAt, known?.Version, database.Folder.Root));
    }
}

/// <summary>Everything at once.</summary>
/// <param name="OutputLines">The newest lines of each process, in id order.</param>
/// <param name="StatusUpdates">Every process and its status.</param>
/// <param name="LatestMessageId">What to poll with next.</param>
/// <param name="OvermindStatus">Of the daemon, in whichever mode it runs: running or stopped.</param>
/// <param name="DaemonStatus">The same.</param>
/// <param name="Version">Of this server.</param>
/// <param name="QueueStats">Stored output in numbers, also of processes that are no longer in the Procfile.</param>
public sealed record StateResponse(
    IReadOnlyList<OutputLineResponse> OutputLines, IReadOnlyDictionary<string, string> StatusUpdates, long LatestMessageId,
    IReadOnlyDictionary<string, ProcessResponse> Processes, Stats Stats, string OvermindStatus, string DaemonStatus, string Version,
    QueueStats QueueStats);

/// <summary>Stored output in numbers.</summary>
public sealed record QueueStats(int TotalProcesses, long TotalLines, IReadOnlyDictionary<string, ProcessQueueStats> Processes);

/// <summary>Stored output of one process; ids are 0 when there is none.</summary>
public sealed record ProcessQueueStats(long LineCount, long FirstId, long LastId);

/// <summary>The system in short.</summary>
/// <param name="OvermindRunning">Whether a daemon runs, in whichever mode.</param>
/// <param name="DaemonRunning">The same.</param>
/// <param name="ProcessCount">Entries of the Procfile.</param>
/// <param name="LineCount">Stored lines that were not cleared.</param>
/// <param name="Uptime">Seconds since the daemon started, 0 when none runs.</param>
/// <param name="LatestMessageId">The newest line's id.</param>
/// <param name="MessageCount">The same as line_count.</param>
/// <param name="Hub">Null without a hub, and when no daemon runs.</param>
/// <param name="Otlp">The same of an engine for logs.</param>
public sealed record StatusResponse(
    bool OvermindRunning, bool DaemonRunning, int ProcessCount, long LineCount, double Uptime, long LatestMessageId, long MessageCount,
    ShippingResponse? Hub, ShippingResponse? Otlp);

/// <summary>How the shipping to a hub or an engine for logs goes.</summary>
/// <param name="Target">The hub's database and server, or the engine's address.</param>
/// <param name="State">shipping, waiting (it is away) or refused (someone has to act).</param>
/// <param name="Message">Why it does not ship, or a warning; null when all is well.</param>
/// <param name="LinesBehind">Lines that it does not have yet.</param>
/// <param name="BehindSince">Time of the oldest of them, epoch seconds; null when there is none.</param>
public sealed record ShippingResponse(string Target, string State, string? Message, long LinesBehind, double? BehindSince)
{
    internal static ShippingResponse? Of(SystemSnapshot system, string name) => system.Shipping.FirstOrDefault(info => info.Name == name) is { } info
        ? new ShippingResponse(info.Target, info.State, info.Message, info.Behind, info.BehindSince?.ToUnixSeconds())
        : null;
}

/// <summary>The daemon that runs, or the last one that did.</summary>
/// <param name="Connected">Whether it runs.</param>
/// <param name="DaemonId">Number of this life of a daemon on the folder; null when there never was one.</param>
/// <param name="Host">Where this API is served; the daemon itself listens nowhere.</param>
/// <param name="Port">The same.</param>
/// <param name="ConnectionStatus">connected or disconnected.</param>
/// <param name="Pid">Null when it does not run.</param>
/// <param name="Mode">native or overmind.</param>
/// <param name="StartedAt">Epoch seconds.</param>
/// <param name="Version">The daemon's, which may differ from this server's.</param>
/// <param name="WorkingDirectory">The Procfile's folder.</param>
public sealed record DaemonInfo(
    bool Connected, long? DaemonId, string Host, int Port, string ConnectionStatus, int? Pid, string? Mode, double? StartedAt,
    string? Version, string WorkingDirectory);
