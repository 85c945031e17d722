using OvermindGui.Core.Resources;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Resources;

namespace OvermindGui.Daemon.Control;

/// <summary>Someone looks at the resources: see <see cref="ResourceRequest"/>.</summary>
internal sealed class ResourceRequestHandler(ResourceSampler sampler, EventRecorder recorder) : IControlRequestHandler
{
    public string Type => ResourceRequest.Type;

    public async Task HandleAsync(ControlExchange exchange)
    {
        await sampler.RequestAsync().WaitAsync(exchange.ClientGone);
        await recorder.StoredAsync(exchange.ClientGone);
        await exchange.ReplyOutcomeAsync(true, "");
    }
}
