using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OvermindGui.EndToEnd.Support;

/// <summary>Holds back what the server sends to a page over its connection, as a slow network does; what the page sends goes on.</summary>
internal sealed class HeldMessages
{
    private readonly Lock _lock = new();
    private readonly List<(IWebSocketRoute Page, byte[] Message)> _held = [];
    private byte[]? _first;
    private TaskCompletionSource _holds = new();

    /// <summary>Call this before the page is opened.</summary>
    public Task AttachAsync(IPage page) => page.RouteWebSocketAsync(new Regex("/_blazor"), route => route.ConnectToServer().OnMessage(frame =>
    {
        var message = frame.Binary!;
        lock (_lock)
        {
            if (_held.Count == 0 && (_first is null || message.AsSpan().IndexOf(_first) < 0))
            {
                route.Send(message);
                return;
            }

            _held.Add((route, message));
            _holds.TrySetResult();
        }
    }));

    /// <summary>Holds back all messages from the next one on that has this text.</summary>
    /// <returns>When that one is held.</returns>
    public Task HoldFrom(string text)
    {
        lock (_lock)
        {
            (_first, _holds) = (Encoding.UTF8.GetBytes(text), new TaskCompletionSource());
            return _holds.Task;
        }
    }

    /// <summary>Sends what was held back, in its order, and holds nothing from now on.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _first = null;
            foreach (var (page, message) in _held) page.Send(message);
            _held.Clear();
        }
    }
}
