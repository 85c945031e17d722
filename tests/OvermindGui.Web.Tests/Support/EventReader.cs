using System.Net.ServerSentEvents;
using System.Text.Json;

namespace OvermindGui.Web.Tests.Support;

/// <summary>An event as it arrived.</summary>
internal sealed record ServerEvent(string Name, JsonElement Data, string LastId)
{
    public long LineId => Data.GetProperty("id").GetInt64();

    public string? Text => Data.GetProperty("text").GetString();
}

/// <summary>A connection to a stream of events.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly IAsyncEnumerator<ServerEvent> _events;

    private EventReader(HttpResponseMessage answer, Stream body)
    {
        (_answer, Body) = (answer, body);
        _events = ReadAsync(body).GetAsyncEnumerator(TestContext.Current.CancellationToken);
    }

    /// <summary>The bytes; for who reads no events.</summary>
    public Stream Body { get; }

    public static async Task<EventReader> OpenAsync(RunningServer server, string query = "", string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/output/stream" + query);
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var cancellation = TestContext.Current.CancellationToken;
        var answer = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new EventReader(answer, await answer.Content.ReadAsStreamAsync(cancellation));
    }

    /// <summary>The next event of a kind; others before it are passed over.</summary>
    public async Task<ServerEvent> NextAsync(string name) =>
        await TryNextAsync(name) ?? throw new InvalidOperationException($"The stream ended without \"{name}\"");

    /// <summary>The same; null where the stream ends before.</summary>
    public async Task<ServerEvent?> TryNextAsync(string name)
    {
        while (await _events.MoveNextAsync())
            if (_events.Current.Name == name) return _events.Current;
        return null;
    }

    /// <summary>The next events whatever they are.</summary>
    public async Task<List<ServerEvent>> TakeAsync(int count)
    {
        var taken = new List<ServerEvent>();
        while (taken.Count < count && await _events.MoveNextAsync()) taken.Add(_events.Current);
        return taken;
    }

    /// <summary>The lines up to one with an id, that one included.</summary>
    public async Task<List<ServerEvent>> LinesUntilAsync(long id)
    {
        var lines = new List<ServerEvent>();
        do lines.Add(await NextAsync("line"));
        while (lines[^1].LineId != id);
        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        _answer.Dispose();
    }

    private static async IAsyncEnumerable<ServerEvent> ReadAsync(Stream body)
    {
        var parser = SseParser.Create(body);
        await foreach (var item in parser.EnumerateAsync(TestContext.Current.CancellationToken))
        {
            using var data = JsonDocument.Parse(item.Data);
            yield return new ServerEvent(item.EventType, data.RootElement.Clone(), parser.LastEventId);
        }
    }
}
