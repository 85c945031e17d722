using OvermindGui.Core.Application;
using OvermindGui.Core.Output;
using OvermindGui.Core.Resources;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Model;
using OvermindGui.Hub.Reading;
using OvermindGui.Web.Components.Errors;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Components.Resources;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.HubView;

/// <summary>What the parts of the page read that a project's own page has too: from the hub, with its problems in words.</summary>
public sealed class HubSources(HubDatabase hub, HubTimeline timeline, HubErrorGroups errors, HubHistory history)
{
    private static readonly TimeSpan ResourceInterval = TimeSpan.FromSeconds(5);

    /// <summary>Lines over time of what is chosen.</summary>
    public ITimelineSource Timeline(HubLineFilter filter) => new TimelineSource(this, filter);

    /// <summary>Errors of what is chosen.</summary>
    public IErrorSource Errors(HubLineFilter filter) => new ErrorSource(this, filter);

    /// <summary>What a process uses.</summary>
    /// <param name="project">The project's number in the hub.</param>
    public IResourceSource Resources(int project, string process) => new ResourceSource(this, project, process);

    /// <summary>Reads from the hub.</summary>
    /// <exception cref="UnreadableException">It cannot be read now, or there is nothing of that name.</exception>
    public async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (HubRequestException e)
        {
            throw new UnreadableException(e.Message, e);
        }
        catch (Exception e) when (HubErrors.IsOfHub(e))
        {
            throw new UnreadableException(HubErrors.Describe(e, hub.Address), e);
        }
    }

    private sealed record TimelineSource(HubSources Sources, HubLineFilter Filter) : ITimelineSource
    {
        public Task<string> StateAsync(CancellationToken cancellationToken) => Sources.ReadAsync(() => Sources.Lines.StateAsync(Filter, cancellationToken));

        public Task<TimelineReport> ReadAsync(long? from, long? until, int bars, CancellationToken cancellationToken) =>
            Sources.ReadAsync(() => Sources.Lines.ReadAsync(Filter, from, until, bars, cancellationToken));
    }

    private sealed record ErrorSource(HubSources Sources, HubLineFilter Filter) : IErrorSource
    {
        public Task<ErrorsReport> ReadAsync(bool onlyNew, CancellationToken cancellationToken) =>
            Sources.ReadAsync(() => Sources.Groups.ReadAsync(Filter, onlyNew, ErrorsRequest.DefaultLimit, cancellationToken));
    }

    private sealed record ResourceSource(HubSources Sources, int Project, string Process) : IResourceSource
    {
        public (double Cpu, long Memory)? Total => null;

        public IDisposable Watch(Action changed) => new Timer(_ => changed(), null, ResourceInterval, ResourceInterval);

        public Task<(IReadOnlyList<ResourcePoint> Points, TimelineReport Timeline)> ReadAsync(
            DateTimeOffset from, DateTimeOffset until, int most, int bars, CancellationToken cancellationToken) => Sources.ReadAsync(async () =>
            (await Sources.Past.ResourcesAsync(Project, Process, from, until, most, cancellationToken),
                await Sources.Lines.ReadAsync(
                    new HubLineFilter { Projects = [Project.ToString(System.Globalization.CultureInfo.InvariantCulture)], Processes = [Process] },
                    from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds(), bars, cancellationToken)));
    }

    private HubTimeline Lines => timeline;

    private HubErrorGroups Groups => errors;

    private HubHistory Past => history;
}
