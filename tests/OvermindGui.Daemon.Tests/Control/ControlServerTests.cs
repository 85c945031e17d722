using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using OvermindGui.Core.Control;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;
using OvermindGui.Daemon.Control;

namespace OvermindGui.Daemon.Tests.Control;

/// <summary>The socket itself, with a handler that answers when a test lets it.</summary>
public sealed class ControlServerTests : IAsyncLifetime
{
    private const int Timeout = 60_000;

    private readonly string _root = Directory.CreateTempSubdirectory("overmind-gui-socket-").FullName;
    private readonly EchoHandler _handler = new();
    private CancellationTokenSource _stop = new();
    private ProjectFolder _folder = null!;
    private ControlServer _server = null!;
    private Task _running = Task.CompletedTask;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        Start(_root);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _handler.Release.TrySetResult();
        await EndAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_request_is_accepted_and_answered()
    {
        _handler.Release.SetResult();
        await using var client = await ConnectAsync();

        var replies = await client.SendAsync(new ControlRequest { Process = "web", From = "cli:alice" }, Cancelled).ToListAsync(Cancelled);

        Assert.Equal([ControlReply.AcceptedType, ControlReply.OutcomeType], replies.Select(r => r.Type));
        Assert.Equal(("web, asked by cli:alice", 12.5), (replies[1].Message, replies[0].Timeout));
        Assert.Equal(Environment.ProcessId, client.DaemonPid);
    }

    [Fact(Timeout = Timeout)]
    public void Only_its_owner_may_open_it()
    {
        Assert.Equal(PrivateFile.Mode, FileStatus.Of(_folder.Socket)!.Value.Mode);
        Assert.Null(_server.Notice);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("no json\n", "Expected a JSON object per line")]
    [InlineData("null\n", "found null")]
    [InlineData("[]\n", "Expected a JSON object per line")]
    [InlineData("{\"v\":2,\"id\":3}\n", "Version 2 of the protocol is not known here; this daemon speaks version 1")]
    [InlineData("{\"type\":\"dance\",\"id\":3}\n", "Unknown type of request: dance (known: command)")]
    public async Task What_it_does_not_understand_is_answered_by_an_error(string message, string expected)
    {
        using var client = await RawAsync();
        await client.SendAsync(Encoding.UTF8.GetBytes(message), Cancelled);

        Assert.Contains(expected, await LineAsync(client), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Fields_of_later_versions_are_ignored()
    {
        _handler.Release.SetResult();
        using var client = await RawAsync();
        await client.SendAsync("{\"id\":1,\"type\":\"command\",\"process\":\"web\",\"later\":{\"a\":[1]}}\n"u8.ToArray(), Cancelled);

        Assert.Contains("accepted", await LineAsync(client), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_message_without_an_end_is_refused_and_others_are_served()
    {
        _handler.Release.SetResult();
        using var hostile = await RawAsync();
        var flood = new byte[1 << 16];
        Array.Fill(flood, (byte)'x');
        var refused = LineAsync(hostile);
        try
        {
            for (var sent = 0; sent < 64; sent++) await hostile.SendAsync(flood, Cancelled);
        }
        catch (SocketException)
        {
            // it was closed on us
        }

        Assert.Contains("more than 1 MiB", await refused, StringComparison.Ordinal);
        await AssertServesAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task More_clients_than_there_is_room_for_keep_no_one_out()
    {
        var idle = new List<Socket>();
        for (var i = 0; i < ControlServer.MostClients * 2; i++) idle.Add(await RawAsync());
        _handler.Release.SetResult();

        await AssertServesAsync();

        idle.ForEach(s => s.Dispose());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_client_that_does_not_read_keeps_no_one_waiting()
    {
        _handler.Release.SetResult();
        _handler.Message = new string('x', 500_000);
        using var deaf = await RawAsync();
        for (var id = 1; id <= 20; id++) await deaf.SendAsync(Encoding.UTF8.GetBytes($"{{\"id\":{id}}}\n"), Cancelled);
        await _handler.Asked.Task;
        _handler.Message = null;

        await AssertServesAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task What_was_asked_goes_on_when_the_client_goes()
    {
        using (var client = await RawAsync())
        {
            await client.SendAsync("{\"id\":1,\"process\":\"web\"}\n"u8.ToArray(), Cancelled);
            await _handler.Asked.Task;
        }

        _handler.Release.SetResult();
        Assert.Equal("web", await _handler.Done.Task);
    }

    [Fact(Timeout = Timeout)]
    public async Task Further_messages_with_the_id_of_a_request_reach_it()
    {
        using var client = await RawAsync();
        await client.SendAsync("{\"id\":1,\"process\":\"inbox\"}\n{\"id\":1,\"argument\":\"more\"}\n"u8.ToArray(), Cancelled);

        Assert.Contains("accepted", await LineAsync(client), StringComparison.Ordinal);
        Assert.Contains("\"message\":\"more\"", await LineAsync(client), StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_socket_that_is_removed_or_replaced_is_made_again_within_a_second(bool replaced)
    {
        _handler.Release.SetResult();
        File.Delete(_folder.Socket);
        if (replaced)
        {
            using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            other.Bind(new UnixDomainSocketEndPoint(_folder.Socket + ".other"));
            File.Move(_folder.Socket + ".other", _folder.Socket);
        }

        await Eventually.TrueAsync(async () => await ControlClient.TryConnectAsync(_folder, Cancelled) is { } client && await AnswersAsync(client));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_path_that_is_too_long_for_a_socket_is_reached_all_the_same()
    {
        await EndAsync();
        var deep = Path.Combine([_root, .. Enumerable.Repeat("a-folder-with-a-long-name", 8)]);
        Directory.CreateDirectory(deep);
        Start(deep);
        _handler.Release.SetResult();

        Assert.True(Encoding.UTF8.GetByteCount(_folder.Socket) > 200);
        Assert.True(File.Exists(_folder.Socket));
        Assert.Null(_server.Notice);
        await AssertServesAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task Where_a_file_system_carries_no_sockets_the_runtime_folder_does()
    {
        await EndAsync();
        var before = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        Environment.SetEnvironmentVariable("XDG_RUNTIME_DIR", _root);
        try
        {
            Start(_root, data: "/sys/kernel");
            _handler.Release.SetResult();

            Assert.StartsWith($"The socket for commands is {_root}/overmind-gui/", _server.Notice, StringComparison.Ordinal);
            Assert.StartsWith(Path.Combine(_root, "overmind-gui"), ControlSocket.Find(_folder), StringComparison.Ordinal);
            await AssertServesAsync();
        }
        finally
        {
            Environment.SetEnvironmentVariable("XDG_RUNTIME_DIR", before);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_no_socket_is_left_alone(bool isLink)
    {
        await EndAsync();
        var target = Path.Combine(_root, "precious");
        await File.WriteAllTextAsync(target, "precious", Cancelled);
        if (isLink) File.CreateSymbolicLink(_folder.Socket, target);
        else await File.WriteAllTextAsync(_folder.Socket, "precious", Cancelled);
        Start(_root);

        Assert.Contains("is no socket; remove it", _server.Notice, StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(_folder.Socket, Cancelled));
        Assert.Equal("precious", await File.ReadAllTextAsync(target, Cancelled));
        Assert.Null(await ControlClient.TryConnectAsync(_folder, Cancelled));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_link_to_the_socket_of_another_folder_is_not_followed()
    {
        var other = Directory.CreateDirectory(Path.Combine(_root, "other")).FullName;
        File.CreateSymbolicLink(new ProjectFolder(other).Socket, _folder.Socket);

        Assert.Null(await ControlClient.TryConnectAsync(new ProjectFolder(other), Cancelled));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_server_that_ends_answers_first_and_leaves_no_socket()
    {
        await using var client = await ConnectAsync();
        var replies = client.SendAsync(new ControlRequest { Process = "web" }, Cancelled).ToListAsync(Cancelled);
        await _handler.Asked.Task;
        var ending = EndAsync();
        _handler.Release.SetResult();
        await ending;

        Assert.Equal(ControlReply.OutcomeType, (await replies)[^1].Type);
        Assert.False(File.Exists(_folder.Socket));
    }

    private void Start(string root, string? data = null)
    {
        _folder = new ProjectFolder(root, data);
        _server = new ControlServer(_folder, [_handler], NullLogger<ControlServer>.Instance);
        _server.Open();
        _stop = new CancellationTokenSource();
        _running = _server.RunAsync(_stop.Token);
    }

    private async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await _server.DisposeAsync();
    }

    private async Task<ControlClient> ConnectAsync() =>
        await ControlClient.TryConnectAsync(_folder, Cancelled) ?? throw new InvalidOperationException("The server does not listen");

    private async Task<Socket> RawAsync() =>
        await ControlSocket.TryConnectAsync(_folder, Cancelled) ?? throw new InvalidOperationException("The server does not listen");

    private async Task AssertServesAsync()
    {
        await using var client = await ConnectAsync();
        Assert.True(await AnswersAsync(client));
    }

    private static async Task<bool> AnswersAsync(ControlClient client)
    {
        await using (client)
            return await client.SendAsync(new ControlRequest { Process = "web" }, Cancelled).AnyAsync(r => r.Type == ControlReply.OutcomeType, Cancelled);
    }

    private static async Task<string> LineAsync(Socket client)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await client.ReceiveAsync(one, Cancelled) == 1 && one[0] != '\n') line.Append((char)one[0]);
        return line.ToString();
    }

    private sealed class EchoHandler : IControlRequestHandler
    {
        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<string?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? Message { get; set; }

        public string Type => ControlRequest.CommandType;

        public async Task HandleAsync(ControlExchange exchange)
        {
            Asked.TrySetResult();
            await exchange.ReplyAsync(new ControlReply { Type = ControlReply.AcceptedType, Timeout = 12.5 });
            if (exchange.Request.Process == "inbox")
                await exchange.ReplyOutcomeAsync(true, (await exchange.Inbox.ReadAsync(Cancelled)).Argument ?? "");
            await Release.Task;
            Done.TrySetResult(exchange.Request.Process);
            await exchange.ReplyOutcomeAsync(true, Message ?? $"{exchange.Request.Process}, asked by {exchange.Request.From}");
        }
    }
}
