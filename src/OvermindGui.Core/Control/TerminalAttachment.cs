using System.Runtime.CompilerServices;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Control;

/// <summary>How to attach to a process.</summary>
/// <param name="Window">The size of the viewer's window; null to take the terminal as it is.</param>
/// <param name="ReadOnly">What is typed is not passed on, and the window is not resized.</param>
/// <param name="InputOnly">Nothing is shown. Such an attachment also types to a process without a terminal.</param>
public sealed record AttachRequest(string Process, Initiator RequestedBy, TerminalSize? Window, bool ReadOnly = false, bool InputOnly = false);

/// <summary>What an attachment receives.</summary>
public abstract record TerminalMessage
{
    /// <summary>The daemon has accepted the attachment.</summary>
    public sealed record Accepted : TerminalMessage;

    /// <summary>Bytes for the viewer's terminal.</summary>
    /// <param name="Size">With a whole screen: the size of the terminal that it shows.</param>
    public sealed record Output(ReadOnlyMemory<byte> Data, TerminalSize? Size) : TerminalMessage;

    /// <summary>Who is attached now, this viewer included.</summary>
    public sealed record Attached(IReadOnlyList<string> Viewers) : TerminalMessage;

    /// <summary>The last message.</summary>
    /// <param name="Succeeded">False: there was nothing to attach to.</param>
    /// <param name="NoTerminal">The process runs, but has no terminal.</param>
    public sealed record Ended(bool Succeeded, string Message, bool NoTerminal = false) : TerminalMessage;
}

/// <summary>
/// A viewer's end of a process's terminal, over the daemon's socket: what is typed is in no file. Receiving and sending may happen at the
/// same time.
/// </summary>
public sealed class TerminalAttachment : IAsyncDisposable
{
    // A message has a limit, and base64 makes it longer.
    private const int LargestInput = 64 * 1024;

    private readonly ControlClient _client;
    private readonly ControlRequest _request;

    private TerminalAttachment(ControlClient client, AttachRequest request)
    {
        _client = client;
        _request = new ControlRequest
        {
            Type = ControlRequest.AttachType,
            Process = request.Process,
            From = request.RequestedBy.ToString(),
            Columns = request.Window?.Columns,
            Rows = request.Window?.Rows,
            ReadOnly = request.ReadOnly ? true : null,
            InputOnly = request.InputOnly ? true : null,
        };
    }

    /// <summary>Null when no daemon listens on a socket.</summary>
    public static async Task<TerminalAttachment?> TryOpenAsync(ProjectFolder folder, AttachRequest request, CancellationToken cancellationToken) =>
        await ControlClient.TryConnectAsync(folder, cancellationToken) is { } client ? new TerminalAttachment(client, request) : null;

    /// <summary>Attaches, and returns what comes until an <see cref="TerminalMessage.Ended"/>. Call it once.</summary>
    public async IAsyncEnumerable<TerminalMessage> ReceiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var reply in _client.SendAsync(_request, cancellationToken))
        {
            if (reply.IsFinal)
            {
                yield return new TerminalMessage.Ended(reply.Succeeded ?? false, reply.Message ?? "", reply.NoTerminal ?? false);
                yield break;
            }

            if (reply.Type == ControlReply.AcceptedType)
                yield return new TerminalMessage.Accepted();
            else if (reply is { Type: ControlReply.ViewersType, Viewers: { } viewers })
                yield return new TerminalMessage.Attached(viewers);
            else if (reply is { Type: ControlReply.ScreenType or ControlReply.OutputType, Data: { } data })
                yield return new TerminalMessage.Output(data, reply is { Columns: { } columns, Rows: { } rows } ? new TerminalSize(columns, rows) : null);
        }

        yield return new TerminalMessage.Ended(false, "The daemon ended, or closed the connection because nothing was read");
    }

    /// <summary>Types bytes. Call it once the attachment is accepted. False when the daemon is gone.</summary>
    public async Task<bool> TypeAsync(ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        for (; input.Length > 0; input = input[Math.Min(input.Length, LargestInput)..])
        {
            var part = input[..Math.Min(input.Length, LargestInput)].ToArray();
            if (!await _client.SendFurtherAsync(new ControlRequest { Type = ControlRequest.InputType, Data = part }, cancellationToken)) return false;
        }

        return true;
    }

    /// <summary>The viewer's window has another size.</summary>
    public async Task ResizeAsync(TerminalSize window, CancellationToken cancellationToken) => await _client.SendFurtherAsync(
        new ControlRequest { Type = ControlRequest.ResizeType, Columns = window.Columns, Rows = window.Rows }, cancellationToken);

    /// <summary>Ends it, after all that was typed has been passed on.</summary>
    public async Task DetachAsync(CancellationToken cancellationToken) =>
        await _client.SendFurtherAsync(new ControlRequest { Type = ControlRequest.DetachType }, cancellationToken);

    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
