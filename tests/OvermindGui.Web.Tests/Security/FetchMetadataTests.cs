using System.Net;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Security;

public sealed class FetchMetadataTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const int Timeout = 30_000;

    [Theory(Timeout = Timeout)]
    [InlineData("cross-site", "no-cors", "script")]
    [InlineData("cross-site", "no-cors", "image")]
    [InlineData("cross-site", "cors", "empty")]
    [InlineData("cross-site", "navigate", "iframe")]
    [InlineData("same-site", "no-cors", "script")] // another port of this machine
    [InlineData("nonsense", "no-cors", "script")]
    public async Task What_another_page_loads_is_refused(string site, string mode, string destination)
    {
        foreach (var path in new[] { "/", "/api/state", "/_framework/blazor.web.js" })
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(path, site, mode, destination));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("same-origin", "cors", "empty")]
    [InlineData("none", "navigate", "document")]
    [InlineData("cross-site", "navigate", "document")]
    public async Task Our_own_page_an_address_typed_and_a_link_followed_are_served(string site, string mode, string destination) =>
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/", site, mode, destination));

    [Fact(Timeout = Timeout)]
    public async Task A_form_of_another_page_is_refused_also_without_an_origin() =>
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("/api/process/web/stop", "cross-site", "navigate", "document", HttpMethod.Post));

    private async Task<HttpStatusCode> StatusAsync(string path, string site, string mode, string destination, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        request.Headers.Add("Sec-Fetch-Site", site);
        request.Headers.Add("Sec-Fetch-Mode", mode);
        request.Headers.Add("Sec-Fetch-Dest", destination);
        using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
