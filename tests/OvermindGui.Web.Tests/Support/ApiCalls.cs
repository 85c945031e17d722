using System.Net;
using System.Text;
using System.Text.Json;

namespace OvermindGui.Web.Tests.Support;

/// <summary>An answer of the API: its status and its JSON.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, JsonElement Body)
{
    public JsonElement this[string property] => Body.GetProperty(property);

    /// <summary>The reason of an answer that must be an error of this status, in the shape that all errors have.</summary>
    public string ErrorOf(HttpStatusCode status)
    {
        Assert.Equal(status, Status);
        return Body.GetProperty("error").GetString()!;
    }
}

/// <summary>Requests as programs make them.</summary>
internal static class ApiCalls
{
    public static Task<ApiAnswer> GetJsonAsync(this RunningServer server, string path) => server.SendAsync(HttpMethod.Get, path);

    public static Task<ApiAnswer> PostAsync(this RunningServer server, string path, string? json = null) =>
        server.SendAsync(HttpMethod.Post, path, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"));

    /// <summary>The answer must be JSON, whatever its status.</summary>
    public static async Task<ApiAnswer> SendAsync(
        this RunningServer server, HttpMethod method, string path, HttpContent? content = null, string? origin = null, string? host = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Host = host;
        if (origin is not null) request.Headers.TryAddWithoutValidation("Origin", origin);
        using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.Content.Headers.ContentType?.MediaType == "application/json", $"{answer.StatusCode}: {body}");
        using var json = JsonDocument.Parse(body);
        return new ApiAnswer(answer.StatusCode, json.RootElement.Clone());
    }

    public static string[] Names(this JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];
}
