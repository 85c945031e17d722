using System.Net;
using System.Text;

namespace OvermindGui.EndToEnd.Support;

/// <summary>A page elsewhere that a link leads to. It notes who sends its visitors.</summary>
internal sealed class LinkTarget : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly List<string?> _referrers = [];
    private readonly Task _serving;

    public LinkTarget()
    {
        Address = new Uri($"http://127.0.0.1:{Ports.Next()}/build?step=1&ok=<yes>");
        _listener.Prefixes.Add(Address.GetLeftPart(UriPartial.Authority) + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public IReadOnlyList<string?> Referrers
    {
        get
        {
            lock (_referrers) return [.. _referrers];
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                // Browsers ask for the icon too, and rightly say from where.
                if (context.Request.Url!.AbsolutePath == Address.AbsolutePath)
                    lock (_referrers) _referrers.Add(context.Request.Headers["Referer"]);
                context.Response.ContentType = "text/html";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes("<title>elsewhere</title>"));
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException && !_listener.IsListening)
        {
            // disposed
        }
    }
}
