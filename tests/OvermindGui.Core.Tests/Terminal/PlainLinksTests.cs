using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Tests.Terminal;

public class PlainLinksTests
{
    [Theory]
    [InlineData("see http://localhost:5173/ now", "http://localhost:5173/")]
    [InlineData("(https://example.com/a_(b)).", "https://example.com/a_(b)")]
    [InlineData("\"https://example.com/x?y=1&z=2\",", "https://example.com/x?y=1&z=2")]
    [InlineData("'https://example.com'; more", "https://example.com")]
    [InlineData("<https://example.com/path>", "https://example.com/path")]
    [InlineData("HTTPS://EXAMPLE.COM/A", "HTTPS://EXAMPLE.COM/A")]
    [InlineData("https://example.com/über", "https://example.com/")]
    public void A_url_is_a_link_without_the_punctuation_around_it(string text, string url)
    {
        var link = Assert.Single(Links(text));
        Assert.Equal((url, url), link);
    }

    [Theory]
    [InlineData("listening on :5000", ":5000", "http://localhost:5000")]
    [InlineData("ready at localhost:3000/docs.", "localhost:3000/docs", "http://localhost:3000/docs")]
    [InlineData("bound to 0.0.0.0:8080", "0.0.0.0:8080", "http://localhost:8080")]
    [InlineData("on [::]:8080", "[::]:8080", "http://localhost:8080")]
    public void A_place_that_listens_is_a_link(string text, string shown, string target) => Assert.Equal((shown, target), Assert.Single(Links(text)));

    [Theory]
    [InlineData("10:41:03 GET /")]
    [InlineData("at 10:41")]
    [InlineData("app.js:12:3")]
    [InlineData("javascript://alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("xhttp://a")]
    [InlineData("http://")]
    [InlineData("myhost.localhost:5000x")]
    [InlineData("on :99999")]
    public void Anything_else_is_text(string text) => Assert.Empty(Links(text));

    [Fact]
    public void A_link_that_changes_its_style_inside_is_one_link_in_pieces()
    {
        var bold = TextStyle.Default with { Flags = TextAttributes.Bold };
        var line = new StyledLine("http://localhost:5173/ ok", [new(0, 17, TextStyle.Default), new(17, 4, bold), new(21, 4, TextStyle.Default)]);
        var linked = PlainLinks.Apply(line);
        Assert.Equal(line.Text, linked.Text);
        Assert.Equal(
            [(0, 17, "http://localhost:5173/"), (17, 4, "http://localhost:5173/"), (21, 1, "http://localhost:5173/"), (22, 3, null)],
            linked.Runs.Select(r => (r.Start, r.Length, r.Style.Link)));
        Assert.True(linked.Runs[1].Style.Has(TextAttributes.Bold));
    }

    [Fact]
    public void A_link_that_the_program_made_itself_stays()
    {
        var line = new StyledLine("http://a.example", [new(0, 16, TextStyle.Default with { Link = "http://b.example" })]);
        Assert.Equal("http://b.example", Assert.Single(PlainLinks.Apply(line).Runs).Style.Link);
    }

    private static List<(string Text, string Target)> Links(string text) =>
        [.. PlainLinks.Apply(StyledLine.Plain(text)).Runs.Where(r => r.Style.Link is not null).Select(r => (text.Substring(r.Start, r.Length), r.Style.Link!))];
}
