using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace OvermindGui.EndToEnd.Support;

/// <summary>
/// A page without a browser: it fetches the dashboard, opens its circuit as the page's script does, and acknowledges what is rendered. So
/// fifty of them cost what fifty cost the server, and no more.
/// </summary>
internal sealed partial class CircuitClient : IAsyncDisposable, IInvocationBinder
{
    private const byte EndOfHandshake = 0x1e;
    private const int ObjectReference = 1; // the result that a script's object stands for

    private readonly ClientWebSocket _socket = new();
    private readonly MessagePackHubProtocol _protocol = new();
    private readonly Action<string> _rendered;
    private Task _reading = Task.CompletedTask;

    private CircuitClient(Action<string> rendered) => _rendered = rendered;

    /// <summary>Why the server ended the circuit; null while it lives.</summary>
    public string? Error { get; private set; }

    /// <summary>Opens the page and reads on until it has to stand still.</summary>
    /// <param name="rendered">Gets the text of everything that is rendered, markup and all.</param>
    public static async Task<CircuitClient> OpenAsync(Uri address, Action<string> rendered)
    {
        var client = new CircuitClient(rendered);
        try
        {
            await client.StartAsync(address);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>From now on nothing is read from the socket, which stays open.</summary>
    public bool StandsStill { get; set; }

    public IReadOnlyList<Type> GetParameterTypes(string methodName) => methodName switch
    {
        "JS.RenderBatch" => [typeof(long), typeof(byte[])],
        "JS.BeginInvokeJS" => [typeof(long), typeof(string), typeof(string), typeof(int), typeof(long), typeof(int)],
        "JS.Error" => [typeof(string)],
        _ => [],
    };

    public Type GetReturnType(string invocationId) => typeof(string);

    public Type GetStreamItemType(string streamId) => typeof(object);

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        await _reading;
    }

    private async Task StartAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        var page = await http.GetStringAsync("/", TestContext.Current.CancellationToken);
        var markers = MarkerPattern().Matches(page).Select(m => m.Groups[1].Value).Where(m => m.Contains("\"descriptor\"", StringComparison.Ordinal));
        var state = StatePattern().Match(page).Groups[1].Value;

        _socket.Options.SetRequestHeader("Origin", address.GetLeftPart(UriPartial.Authority));
        await _socket.ConnectAsync(new Uri($"ws://{address.Authority}/_blazor"), TestContext.Current.CancellationToken);
        await SendAsync(Encoding.UTF8.GetBytes($$"""{"protocol":"blazorpack","version":1}{{(char)EndOfHandshake}}"""), WebSocketMessageType.Text);
        _reading = ReadAsync();
        await CallAsync("1", "StartCircuit", address.ToString(), address.ToString(), "[]", state);
        var operations = markers.Select((marker, i) => $$"""{"type":"add","ssrComponentId":{{i + 1}},"marker":{{marker}}}""");
        await CallAsync(null, "UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""", state);
    }

    private async Task ReadAsync()
    {
        var waiting = new ArrayBufferWriter<byte>();
        var isOpen = false;
        try
        {
            while (!StandsStill)
            {
                var received = await _socket.ReceiveAsync(waiting.GetMemory(64 * 1024), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close) return;
                waiting.Advance(received.Count);
                var bytes = new ReadOnlySequence<byte>(waiting.WrittenMemory.ToArray());
                if (!isOpen && bytes.PositionOf(EndOfHandshake) is { } end)
                    (isOpen, bytes) = (true, bytes.Slice(bytes.GetPosition(1, end)));
                while (isOpen && _protocol.TryParseMessage(ref bytes, this, out var message)) await TakeAsync(message);
                waiting.Clear();
                waiting.Write(bytes.ToArray());
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            Error ??= e.Message;
        }
    }

    private async Task TakeAsync(HubMessage? message)
    {
        switch (message)
        {
            case PingMessage:
                await SendAsync(_protocol.GetMessageBytes(PingMessage.Instance), WebSocketMessageType.Binary);
                break;
            case InvocationMessage { Target: "JS.RenderBatch", Arguments: [long batch, byte[] data] }:
                _rendered(Encoding.UTF8.GetString(data));
                await CallAsync(null, "OnRenderCompleted", batch, null);
                break;
            case InvocationMessage { Target: "JS.BeginInvokeJS", Arguments: [long call, .., int result, long, int] } when call != 0:
                var value = result == ObjectReference ? $$"""{"__jsObjectId":{{call}}}""" : "null";
                await CallAsync(null, "EndInvokeJSFromDotNet", call, true, $"[{call},true,{value}]");
                break;
            case InvocationMessage { Target: "JS.Error", Arguments: [var error] }:
                Error = error?.ToString();
                break;
            case CompletionMessage { Error: { } error }:
                Error = error;
                break;
            case InvocationBindingFailureMessage { Target: "JS.RenderBatch" or "JS.BeginInvokeJS" } failure:
                Error = failure.BindingFailure.SourceException.Message;
                break;
            case CloseMessage { Error: { } error }:
                Error = error;
                break;
        }
    }

    private Task CallAsync(string? id, string method, params object?[] arguments) =>
        SendAsync(_protocol.GetMessageBytes(new InvocationMessage(id, method, arguments)), WebSocketMessageType.Binary);

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type) =>
        await _socket.SendAsync(bytes, type, endOfMessage: true, TestContext.Current.CancellationToken);

    [GeneratedRegex("<!--Blazor:({.*?})-->")]
    private static partial Regex MarkerPattern();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex StatePattern();
}
