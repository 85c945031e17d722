using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OvermindGui.Daemon.Tests.Support;

/// <summary>What a webhook posts to: it answers with a status, late, or not at all.</summary>
internal sealed class WebhookReceiver : IDisposable
{
    private readonly HttpListener _listener;

    public WebhookReceiver(int status = 204, bool answers = true)
    {
        (_listener, var port) = Listen();
        Url = $"http://localhost:{port}/hook";
        _ = Task.Run(async () =>
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                using var reader = new StreamReader(context.Request.InputStream);
                Bodies.Enqueue(await reader.ReadToEndAsync());
                if (!answers) continue;
                context.Response.StatusCode = status;
                context.Response.Close();
            }
        });
    }

    public string Url { get; }

    public ConcurrentQueue<string> Bodies { get; } = [];

    public void Dispose() => _listener.Close();

    // It cannot be asked for any free port, and one that was free a moment ago may be taken.
    private static (HttpListener Listener, int Port) Listen()
    {
        while (true)
        {
            int port;
            using (var probe = new TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                port = ((IPEndPoint)probe.LocalEndpoint).Port;
            }

            var listener = new HttpListener { Prefixes = { $"http://localhost:{port}/" } };
            try
            {
                listener.Start();
                return (listener, port);
            }
            catch (HttpListenerException)
            {
                listener.Close(); // taken: another one
            }
        }
    }
}
