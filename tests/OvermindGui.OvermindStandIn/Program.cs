using System.Net.Sockets;
using System.Text;
using OvermindGui.OvermindStandIn;

// Stands in for overmind: its command line, its messages and its habits, over processes that really run, without tmux.
return args switch
{
    ["start", .. var words] => await StandIn.RunAsync(new Options(words)),
    ["connect", .. var words] => Connect(words),
    ["status" or "stop" or "restart" or "quit", ..] => Ask(args[0], new Options(args[1..])),
    _ => throw new ArgumentException($"Unknown words: {string.Join(' ', args)}"),
};

// The real one shows a window of tmux; who is asked for what is all that we tell.
static int Connect(string[] words)
{
    Console.WriteLine($"connected by {string.Join(' ', words)} in {Environment.CurrentDirectory}");
    return 0;
}

static int Ask(string verb, Options options)
{
    using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    try
    {
        socket.Connect(new UnixDomainSocketEndPoint(options.Socket));
    }
    catch (SocketException)
    {
        var reason = File.Exists(options.Socket) ? "connection refused" : "no such file or directory";
        Console.Error.WriteLine($"overmind: dial unix {options.Socket}: connect: {reason}");
        return 1;
    }

    using var stream = new NetworkStream(socket);
    stream.Write(Encoding.UTF8.GetBytes(string.Join(' ', options.Names.Prepend(verb)) + "\n"));
    using var answer = new StreamReader(stream);
    Console.Write(answer.ReadToEnd());
    return 0;
}
