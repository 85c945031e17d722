using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Web.Api;

/// <summary>A WebSocket at one end, an attachment to a process's terminal at the other.</summary>
/// <param name="readOnlyReason">Why nothing may be typed; null when it may.</param>
internal sealed class TerminalSocket(WebSocket socket, ProjectFolder folder, AttachRequest request, string? readOnlyReason)
{
    private const int LargestText = 4 * 1024;

    // A browser that takes nothing for so long is gone; the daemon drops the attachment then, too.
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await using var attachment = await TerminalAttachment.TryOpenAsync(folder, request, over.Token);
            if (readOnlyReason is not null) await SendAsync(new TerminalNotice("mode") { ReadOnly = true, Reason = readOnlyReason }, over.Token);
            if (attachment is null)
            {
                await EndAsync("No daemon running, or it cannot be reached by its socket", over.Token);
                return;
            }

            var showing = ShowAsync(attachment, over.Token);
            var typing = TypeAsync(attachment, over.Token);
            var first = await Task.WhenAny(showing, typing);
            if (first == typing) await over.CancelAsync();
            await showing;
            await over.CancelAsync();
            await typing;
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ControlProtocolException)
        {
            // The browser, the dashboard or the daemon has gone.
        }
    }

    private async Task ShowAsync(TerminalAttachment attachment, CancellationToken cancellationToken)
    {
        await foreach (var message in attachment.ReceiveAsync(cancellationToken))
        {
            switch (message)
            {
                case TerminalMessage.Output output:
                    if (output.Size is var (columns, rows))
                        await SendAsync(new TerminalNotice("screen") { Columns = columns, Rows = rows }, cancellationToken);
                    await SendAsync(output.Data, WebSocketMessageType.Binary, cancellationToken);
                    break;
                case TerminalMessage.Attached attached:
                    await SendAsync(new TerminalNotice("viewers") { Viewers = attached.Viewers }, cancellationToken);
                    break;
                case TerminalMessage.Ended ended:
                    await EndAsync(ended.Message, cancellationToken);
                    return;
            }
        }
    }

    private async Task EndAsync(string message, CancellationToken cancellationToken)
    {
        await SendAsync(new TerminalNotice("end") { Message = message }, cancellationToken);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
    }

    private async Task TypeAsync(TerminalAttachment attachment, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
                if (received.MessageType == WebSocketMessageType.Close) return;
                if (received.MessageType == WebSocketMessageType.Binary)
                {
                    if (!await attachment.TypeAsync(buffer.AsMemory(0, received.Count), cancellationToken)) return;
                }
                else if (received is not { EndOfMessage: true, Count: <= LargestText } || !await TryResizeAsync(attachment, buffer.AsMemory(0, received.Count), cancellationToken))
                {
                    await socket.CloseOutputAsync(
                        WebSocketCloseStatus.InvalidPayloadData, "Expected {\"columns\":80,\"rows\":24}", cancellationToken);
                    return;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // it has gone without a word
        }
    }

    private static async Task<bool> TryResizeAsync(TerminalAttachment attachment, ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        try
        {
            var size = JsonSerializer.Deserialize(text.Span, TerminalNoticeJson.Default.TerminalNotice);
            if (size is not { Columns: >= 1 and <= TerminalSize.Largest and var columns, Rows: >= 1 and <= TerminalSize.Largest and var rows }) return false;
            await attachment.ResizeAsync(new TerminalSize(columns, rows), cancellationToken);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private Task SendAsync(TerminalNotice notice, CancellationToken cancellationToken) => SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(notice, TerminalNoticeJson.Default.TerminalNotice), WebSocketMessageType.Text, cancellationToken);

    private async Task SendAsync(ReadOnlyMemory<byte> data, WebSocketMessageType type, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(LongestWrite);
        await socket.SendAsync(data, type, endOfMessage: true, patience.Token);
    }
}

/// <summary>A text message of the terminal's WebSocket.</summary>
internal sealed record TerminalNotice(string? Type)
{
    public int? Columns { get; init; }

    public int? Rows { get; init; }

    public IReadOnlyList<string>? Viewers { get; init; }

    public bool? ReadOnly { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TerminalNotice))]
internal sealed partial class TerminalNoticeJson : JsonSerializerContext;
