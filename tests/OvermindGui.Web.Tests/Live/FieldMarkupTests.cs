using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using OvermindGui.Core.Levels;
using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Live;

/// <summary>Lines that consist of fields: what was printed stays the text of the element.</summary>
public class FieldMarkupTests
{
    public static TheoryData<string> WithFields =>
    [
        """{"level":30,"time":1700000000,"pid":12,"hostname":"box","msg":"hello world","path":"/a?b=<c>"}""",
        """{ "a" : "x" , "b" : { "c" : [1, "]", {"d": null}], "e": true } , "f" : -1.5e3 }""",
        """{"a":"quote \" and brace }","b":"\\"}""",
        """{"a":"","b":""}""",
        "time=2026-01-31T12:00:00Z level=warn msg=\"slow query\" rows=12 path=/a/b",
        "level=info msg=ok",
    ];

    [Theory]
    [MemberData(nameof(WithFields))]
    public void Its_text_is_what_was_printed(string text)
    {
        var element = ElementOf(text);
        Assert.Contains("fields", element.ClassList);
        foreach (var button in element.QuerySelectorAll("button")) button.Remove();
        Assert.Equal(text, element.TextContent);
    }

    [Theory]
    [InlineData("{not json}")]
    [InlineData("{\"a\":1,}x")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":oops,\"b\":1}")]
    [InlineData("{}")]
    [InlineData("{\"only\":1}")]
    [InlineData("a=1 and then prose")]
    [InlineData("x = 1 y = 2")]
    [InlineData("GET /orders?a=1&b=2 200")]
    [InlineData("key=\"open 1")]
    public void What_has_no_fields_is_shown_as_it_is(string text)
    {
        var element = ElementOf(text);
        Assert.DoesNotContain("fields", element.ClassList);
        Assert.Equal(text, element.TextContent);
        Assert.Empty(element.QuerySelectorAll("button"));
    }

    [Fact]
    public void Level_message_and_what_the_prefix_says_are_kept_apart()
    {
        var element = ElementOf("""{"level":50,"time":1,"msg":"it failed","order":8123}""");
        Assert.Equal("50", element.QuerySelector(".lv > .v")!.TextContent);
        Assert.Equal("it failed", element.QuerySelector(".msg > .v")!.TextContent);
        Assert.Equal("time", element.QuerySelector(".less > .k")!.TextContent);
        Assert.Equal("{…} 4 fields", element.QuerySelector("button.tree")!.TextContent);
    }

    [Fact]
    public void Objects_and_lists_can_be_told_from_short_values()
    {
        var element = ElementOf("""{"id":7,"user":{"name":"ann","roles":["a","b"]},"items":[{"sku":"A-1"}]}""");
        Assert.Equal(["{\"name\":\"ann\",\"roles\":[\"a\",\"b\"]}"], element.QuerySelectorAll(".fs > .f > .v.o").Select(e => e.TextContent));
        Assert.Equal(["[{\"sku\":\"A-1\"}]"], element.QuerySelectorAll(".fs > .f > .v.a").Select(e => e.TextContent));
    }

    [Fact]
    public void Hostile_keys_and_values_never_become_markup()
    {
        var element = ElementOf("""{"<img src=x onerror=alert(1)>":"</div><script>alert(1)</script>","b":"\"onclick='x'"}""");
        Assert.All(element.QuerySelectorAll("*"), e => Assert.Contains(e.TagName, new[] { "SPAN", "BUTTON", "I" }));
        Assert.All(element.QuerySelectorAll("span:not(button > span)"), e => Assert.Equal(["class"], e.Attributes.Select(a => a.Name)));
    }

    [Fact]
    public void Deep_nesting_is_no_object_to_open() => Assert.DoesNotContain("fields", ElementOf(string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 500)).ClassList);

    private static IElement ElementOf(string text)
    {
        var line = Sample.Line(text) with { Traits = new LineTraits(LevelReader.Of(text), Continues: false) };
        return new HtmlParser().ParseDocument($"<body>{LineRenderer.Render(line).Html}</body>").Body!.Children.Single();
    }
}
