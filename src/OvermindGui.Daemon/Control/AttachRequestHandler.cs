using System.Text;
using OvermindGui.Core.Control;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.Control;

/// <summary>
/// Attaches a client to the terminal of a process, until the run ends or the client leaves. A client that does not read is dropped; neither
/// it nor what it types delays the log.
/// </summary>
internal sealed class AttachRequestHandler(ISupervisor supervisor, TimeProvider time) : IControlRequestHandler
{
    private const int LargestOutput = 256 * 1024;

    // Something that the run left behind may hold its terminal.
    private static readonly TimeSpan Drain = TimeSpan.FromMilliseconds(500);

    public string Type => ControlRequest.AttachType;

    public async Task HandleAsync(ControlExchange exchange)
    {
        var request = exchange.Request;
        var (child, answer) = supervisor.Find(request.Process ?? "");
        if (child is null)
        {
            await exchange.ReplyOutcomeAsync(false, answer);
            return;
        }

        if (SizeOf(request) is { } problem && problem.Problem is { } why)
        {
            await exchange.ReplyOutcomeAsync(false, why);
            return;
        }

        if (request.InputOnly == true) await TypeAsync(exchange, child, answer);
        else if (child.Attachable is { } terminal) await ShowAsync(exchange, child, terminal, answer);
        else
            await exchange.ReplyAsync(new ControlReply
            {
                Type = ControlReply.OutcomeType,
                Succeeded = false,
                Message = $"{answer} has no terminal to attach to: {WhyNone(child)}",
                NoTerminal = true,
            });
    }

    private static string WhyNone(IChild child) => child is AdoptedChild
        ? "another daemon had started it; restart it"
        : "it runs over pipes. `send` types to it, and without --no-pty it gets a terminal";

    private static async Task TypeAsync(ControlExchange exchange, IChild child, string name)
    {
        await exchange.ReplyAsync(new ControlReply { Type = ControlReply.AcceptedType });
        using var over = CancellationTokenSource.CreateLinkedTokenSource(exchange.ClientGone);
        var viewer = new TerminalViewer(exchange.Request.From ?? "", isReadOnly: false);
        var typing = PassOnAsync(
            exchange,
            _ => Task.CompletedTask,
            input => child.Attachable is { } terminal ? terminal.TypeAsync(viewer, input, over.Token) : child.TypeAsync(input),
            over.Token);
        await Task.WhenAny(typing, child.Exited);
        await over.CancelAsync();
        await typing;
        await exchange.ReplyOutcomeAsync(true, EndOf(child, name));
    }

    private async Task ShowAsync(ControlExchange exchange, IChild child, AttachableTerminal terminal, string name)
    {
        var request = exchange.Request;
        var viewer = new TerminalViewer(request.From ?? "", request.ReadOnly == true) { Window = SizeOf(request)?.Size };
        await exchange.ReplyAsync(new ControlReply { Type = ControlReply.AcceptedType });
        if (!await terminal.AttachAsync(viewer))
        {
            await exchange.ReplyOutcomeAsync(false, EndOf(child, name));
            return;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(exchange.ClientGone);
        var showing = ShowAsync(exchange, terminal, viewer, over.Token);
        var typing = PassOnAsync(
            exchange, size => terminal.ResizeAsync(viewer, size), input => terminal.TypeAsync(viewer, input, over.Token), over.Token);
        await Task.WhenAny(showing, typing, EndedAsync(child));
        if (!typing.IsCompleted) await Task.WhenAny(child.Exited, Task.Delay(Drain, time)); // the terminal ends a moment before
        viewer.End();
        await terminal.LeaveAsync(viewer);
        await showing; // what it printed last
        await over.CancelAsync();
        await typing;
        await exchange.ReplyOutcomeAsync(true, EndOf(child, name));
    }

    private async Task EndedAsync(IChild child)
    {
        await child.Exited;
        await Task.WhenAny(child.OutputEnded, Task.Delay(Drain, time));
    }

    // Ends with the output, or when the client does not read.
    private static async Task ShowAsync(ControlExchange exchange, AttachableTerminal terminal, TerminalViewer viewer, CancellationToken cancellationToken)
    {
        try
        {
            while (await viewer.NextAsync(cancellationToken) is { } update)
            {
                if (update.IsBehind) await terminal.PaintAsync(viewer);
                if (!await ShowAsync(exchange, update)) return;
            }
        }
        catch (OperationCanceledException)
        {
            // the client has gone
        }
    }

    private static async Task<bool> ShowAsync(ControlExchange exchange, ViewerUpdate update)
    {
        if (update.Picture is { } picture && !await exchange.ReplyAsync(new ControlReply
        {
            Type = ControlReply.ScreenType,
            Data = Encoding.UTF8.GetBytes(picture),
            Columns = update.Size.Columns,
            Rows = update.Size.Rows,
        })) return false;
        if (update.Viewers is { } viewers && !await exchange.ReplyAsync(new ControlReply { Type = ControlReply.ViewersType, Viewers = [.. viewers] }))
            return false;
        for (var rest = update.Output; rest.Length > 0; rest = rest[Math.Min(rest.Length, LargestOutput)..])
        {
            var part = rest[..Math.Min(rest.Length, LargestOutput)].ToArray();
            if (!await exchange.ReplyAsync(new ControlReply { Type = ControlReply.OutputType, Data = part })) return false;
        }

        return true;
    }

    // Ends when the client detaches or has gone.
    private static async Task PassOnAsync(
        ControlExchange exchange, Func<TerminalSize, Task> resize, Func<ReadOnlyMemory<byte>, Task> type, CancellationToken over)
    {
        try
        {
            await foreach (var message in exchange.Inbox.ReadAllAsync(over))
            {
                if (message.Type == ControlRequest.DetachType) return;
                if (message.Type == ControlRequest.ResizeType && SizeOf(message) is { Size: { } size }) await resize(size);
                if (message is { Type: ControlRequest.InputType, Data: { } data }) await type(data);
            }
        }
        catch (OperationCanceledException)
        {
            // the run has ended, or the client has gone
        }
    }

    // Null where the viewer takes the terminal as it is.
    private static (TerminalSize? Size, string? Problem)? SizeOf(ControlRequest request) => request switch
    {
        { Columns: null, Rows: null } => null,
        { Columns: >= 1 and <= TerminalSize.Largest and var columns, Rows: >= 1 and <= TerminalSize.Largest and var rows } =>
            (new TerminalSize(columns, rows), null),
        _ => (null, $"A window has 1 to {TerminalSize.Largest} columns and rows"),
    };

    private static string EndOf(IChild child, string name) =>
        child.Exited.IsCompletedSuccessfully ? $"{name} {child.Exited.Result?.ToString() ?? "ended"}" : $"Detached from {name}";
}
