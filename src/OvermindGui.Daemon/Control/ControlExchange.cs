using System.Threading.Channels;
using OvermindGui.Core.Control;

namespace OvermindGui.Daemon.Control;

/// <summary>A request under way: the answers to it, and what else the client sends about it.</summary>
internal sealed class ControlExchange(ControlRequest request, ControlConnection connection, CancellationToken clientGone)
{
    // A client that sends more than is taken waits, and it alone.
    private const int InboxSize = 64;

    private readonly Channel<ControlRequest> _inbox = Channel.CreateBounded<ControlRequest>(InboxSize);

    public ControlRequest Request => request;

    /// <summary>Further messages with the id of the request: what a terminal types, for example.</summary>
    public ChannelReader<ControlRequest> Inbox => _inbox.Reader;

    public CancellationToken ClientGone => clientGone;

    /// <summary>Sends an answer; false when the client is gone or does not read, which concerns no request.</summary>
    public ValueTask<bool> ReplyAsync(ControlReply reply) =>
        connection.WriteAsync(reply with { Id = request.Id }, ControlJson.Default.ControlReply, CancellationToken.None);

    public ValueTask<bool> ReplyOutcomeAsync(bool succeeded, string message) =>
        ReplyAsync(new ControlReply { Type = ControlReply.OutcomeType, Succeeded = succeeded, Message = message });

    internal ValueTask TakeAsync(ControlRequest further, CancellationToken cancellationToken) => _inbox.Writer.WriteAsync(further, cancellationToken);

    internal void Close() => _inbox.Writer.TryComplete();
}
