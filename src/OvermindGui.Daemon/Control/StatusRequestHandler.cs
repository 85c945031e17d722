using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;

namespace OvermindGui.Daemon.Control;

/// <summary>Says who listens here.</summary>
internal sealed class StatusRequestHandler(ProjectFolder folder) : IControlRequestHandler
{
    public string Type => ControlRequest.StatusType;

    public async Task HandleAsync(ControlExchange exchange) => await exchange.ReplyAsync(new ControlReply
    {
        Type = ControlReply.StatusType,
        Succeeded = true,
        Pid = Environment.ProcessId,
        ProductVersion = ProductVersion.Text,
        Folder = folder.Root,
    });
}
