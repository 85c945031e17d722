using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using OvermindGui.Web.Hosting;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Hosting;

/// <summary>The page as the browser gets it, before its circuit starts.</summary>
public sealed class PageTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const int Timeout = 30_000;

    [Fact(Timeout = Timeout)]
    public async Task It_has_no_inline_script()
    {
        var page = await PageAsync();
        Assert.NotEmpty(page.Scripts);
        Assert.All(page.Scripts, script => Assert.True(script.HasAttribute("src") && script.TextContent.Length == 0, script.OuterHtml));
        Assert.All(page.All.SelectMany(e => e.Attributes), attribute =>
        {
            Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase), attribute.Name);
            Assert.DoesNotContain("javascript:", attribute.Value, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact(Timeout = Timeout)]
    public async Task It_names_nothing_of_another_server()
    {
        var page = await PageAsync();
        Assert.All(AssetsOf(page), address => Assert.Equal(server.Origin, new Uri(server.Address, address).GetLeftPart(UriPartial.Authority)));
    }

    [Fact(Timeout = Timeout)]
    public async Task Every_script_and_style_sheet_of_it_is_served()
    {
        var assets = AssetsOf(await PageAsync());
        Assert.True(assets.Length > 5);
        foreach (var asset in assets)
        {
            using var answer = await server.Client.GetAsync(asset, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{asset} was answered with {answer.StatusCode}");
            Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task The_theme_and_the_width_of_the_list_are_known_before_anything_is_painted()
    {
        var head = (await PageAsync()).Head!.Children.ToList();
        var scripts = head.Where(e => e.LocalName == "script").ToList();
        Assert.Equal(["theme", "sidebar"], scripts.Select(s => s.GetAttribute("src")!.Split('/')[^1].Split('.')[0]));
        Assert.All(scripts, script => Assert.False(script.HasAttribute("defer") || script.HasAttribute("async") || script.HasAttribute("type")));
        Assert.True(head.IndexOf(scripts[^1]) < head.FindIndex(e => e.LocalName == "link" && e.GetAttribute("rel") == "stylesheet"));
    }

    [Fact(Timeout = Timeout)]
    public async Task Its_first_link_skips_to_the_output() =>
        Assert.Equal("Skip to the content", (await PageAsync()).Body!.FirstElementChild!.TextContent);

    [Fact(Timeout = Timeout)]
    public async Task The_request_that_warms_up_gets_all_of_the_page_and_only_this_program_can_send_it()
    {
        Assert.NotNull((await PageAsync(WarmUp.Mark)).GetElementById("log-region"));
        Assert.Null((await PageAsync("1")).GetElementById("log-region"));
    }

    private static string[] AssetsOf(IDocument page) =>
        [.. page.Scripts.Select(s => s.GetAttribute("src")!), .. LinksOf(page).Select(l => l.GetAttribute("href")!)];

    // Those of modules wait in a template.
    private static IEnumerable<IElement> LinksOf(IDocument page) =>
        page.QuerySelectorAll("link").Concat(page.QuerySelectorAll("template").Cast<IHtmlTemplateElement>().SelectMany(t => t.Content.QuerySelectorAll("link")));

    private async Task<IDocument> PageAsync(string? mark = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        if (mark is not null) request.Headers.Add(WarmUp.Header, mark);
        using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return await new HtmlParser().ParseDocumentAsync(html, TestContext.Current.CancellationToken);
    }
}
