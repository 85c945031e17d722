using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

public sealed class DocumentTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const int Timeout = 30_000;

    // Routes that other tests call; a route that is not here is not documented, or not tested.
    private static readonly string[] Routes =
    [
        "GET /api/alerts", "GET /api/bookmarks", "GET /api/changes", "GET /api/daemon/info", "GET /api/errors", "GET /api/explain",
        "GET /api/failure-declarations/{process}", "GET /api/failure-declarations/{process}/hits",
        "GET /api/failure-declarations/{process}/preview", "GET /api/output", "GET /api/output/export", "GET /api/output/stream",
        "GET /api/poll", "GET /api/process/{name}/environment", "GET /api/process/{name}/resources", "GET /api/process/{name}/runs",
        "GET /api/process/{name}/runs/compare", "GET /api/process/{name}/terminal", "GET /api/processes", "GET /api/projects",
        "GET /api/retention", "GET /api/runs", "GET /api/search", "GET /api/state", "GET /api/status", "GET /api/timeline",
        "GET /api/views", "GET /api/wait", "POST /api/alerts/add", "POST /api/alerts/{name}/change", "POST /api/alerts/{name}/mute", "POST /api/alerts/{name}/remove", "POST /api/alerts/{name}/test", "POST /api/bookmarks/add",
        "POST /api/bookmarks/remove", "POST /api/failure-declarations/{process}/add", "POST /api/failure-declarations/{process}/remove",
        "POST /api/output/clear", "POST /api/output/clear/undo", "POST /api/process/{name}/input", "POST /api/process/{name}/kill",
        "POST /api/process/{name}/output/clear", "POST /api/process/{name}/restart", "POST /api/process/{name}/start",
        "POST /api/process/{name}/stop", "POST /api/process/{name}/toggle", "POST /api/processes/deselect-all",
        "POST /api/processes/select-all", "POST /api/projects/{name}/open", "POST /api/projects/{name}/start",
        "POST /api/projects/{name}/stop", "POST /api/reload", "POST /api/restart", "POST /api/retention/prune", "POST /api/runs/{id}/pin",
        "POST /api/runs/{id}/unpin", "POST /api/scale", "POST /api/shutdown", "POST /api/views/remove", "POST /api/views/rename",
        "POST /api/views/save", "PUT /api/retention",
    ];

    [Fact(Timeout = Timeout)]
    public async Task The_document_has_every_route() =>
        Assert.Equal(Routes, (await OperationsAsync()).Select(o => o.Route).Order(StringComparer.Ordinal));

    [Fact(Timeout = Timeout)]
    public async Task Every_route_says_what_it_does_and_what_it_answers()
    {
        foreach (var (route, operation) in await OperationsAsync())
        {
            Assert.False(string.IsNullOrEmpty(operation.GetProperty("summary").GetString()), route);
            var responses = operation.GetProperty("responses");
            var answers = (responses.TryGetProperty("200", out var success) && success.TryGetProperty("content", out _))
                || route == "GET /api/process/{name}/terminal"; // a WebSocket, which the document cannot describe
            Assert.True(answers, $"{route} has no answer");
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task Every_error_has_the_shape_of_all_errors()
    {
        var document = (await server.GetJsonAsync("/openapi/v1.json")).Body;
        foreach (var (route, operation) in await OperationsAsync())
            foreach (var response in operation.GetProperty("responses").EnumerateObject().Where(r => r.Name[0] is '4' or '5'))
            {
                var reference = response.Value.GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString()!;
                var schema = document.GetProperty("components").GetProperty("schemas").GetProperty(reference.Split('/')[^1]);
                Assert.True(schema.GetProperty("properties").TryGetProperty("error", out _), $"{route} {response.Name}");
            }
    }

    [Fact(Timeout = Timeout)]
    public async Task Numbers_of_a_query_are_documented_as_numbers()
    {
        var (_, output) = (await OperationsAsync()).Single(o => o.Route == "GET /api/output");
        var types = output.GetProperty("parameters").EnumerateArray().ToDictionary(
            p => p.GetProperty("name").GetString()!, p => p.GetProperty("schema").GetProperty("type").GetString());
        Assert.Equal(("integer", "integer", "string", "array"), (types["before"], types["limit"], types["q"], types["process"]));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_page_for_it_has_no_inline_script_and_all_its_parts_are_served()
    {
        using var answer = await server.Client.GetAsync("/api/docs", TestContext.Current.CancellationToken);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        var page = await new HtmlParser().ParseDocumentAsync(
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        Assert.Empty(page.QuerySelectorAll("style, [style], script:not([src])"));
        string[] parts = [.. page.Scripts.Select(s => s.GetAttribute("src")!), .. page.QuerySelectorAll("link").Select(l => l.GetAttribute("href")!)];
        Assert.Equal(5, parts.Length);
        foreach (var part in parts)
        {
            Assert.StartsWith("/", part, StringComparison.Ordinal);
            using var asset = await server.Client.GetAsync(part, TestContext.Current.CancellationToken);
            Assert.True(asset.StatusCode == HttpStatusCode.OK, $"{part} was answered with {asset.StatusCode}");
        }
    }

    private async Task<List<(string Route, JsonElement Operation)>> OperationsAsync() =>
        [.. (await server.GetJsonAsync("/openapi/v1.json"))["paths"].EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => ($"{method.Name.ToUpperInvariant()} {path.Name}", method.Value)))];
}
