using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace OvermindGui.EndToEnd.Support;

/// <summary>The API of a running server, over a connection of its own.</summary>
internal sealed class ApiClient(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };

    public ApiClient(Server server)
        : this(server.Address)
    {
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path) => SendAsync(HttpMethod.Post, path);

    /// <summary>The ids and texts of the lines that a stream sends, until it ends or the caller stops.</summary>
    public async IAsyncEnumerable<(long Id, string Text)> LinesAsync(string query)
    {
        using var answer = await _http.GetAsync($"/api/output/stream{query}", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var body = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(Cancellation);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(Cancellation))
        {
            if (item.EventType != "line") continue;
            using var line = JsonDocument.Parse(item.Data);
            yield return (line.RootElement.GetProperty("id").GetInt64(), line.RootElement.GetProperty("text").GetString()!);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<(HttpStatusCode, JsonElement)> SendAsync(HttpMethod method, string path)
    {
        using var answer = await _http.SendAsync(new HttpRequestMessage(method, path), Cancellation);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        return (answer.StatusCode, json.RootElement.Clone());
    }
}
