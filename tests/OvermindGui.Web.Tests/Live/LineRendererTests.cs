using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Terminal;
using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Live;

public sealed class LineRendererTests
{
    private static readonly string[] Hostile =
    [
        "<script>alert(1)</script>", "</div><img src=x onerror=alert(1)>", "\" onmouseover=\"alert(1)", "' onclick='alert(1)", "&lt;b&gt;",
        "<!-- ", "\"><svg/onload=alert(1)>", "a & b",
    ];

    public static TheoryData<string> HostileTexts => [.. Hostile];

    [Fact]
    public void A_line_is_one_element_with_id_time_and_process()
    {
        var line = LineRenderer.Render(Sample.Line("hello", "web", id: 7));
        Assert.Equal("<div class=\"line\" data-id=\"7\" data-t=\"1700000000123\" data-p=\"web\"><i data-p=\"web\"></i>hello</div>", line.Html);
        Assert.Equal((7, "web"), (line.Id, line.Process));
    }

    [Theory]
    [InlineData(LineSource.StandardOutput, "line")]
    [InlineData(LineSource.Terminal, "line")]
    [InlineData(LineSource.StandardError, "line err")]
    [InlineData(LineSource.Notice, "line notice")]
    public void Its_class_says_where_it_came_from(LineSource source, string classes) =>
        Assert.Equal(classes, ElementOf(Sample.Line(source: source)).ClassName);

    [Theory]
    [InlineData(LineLevel.None, false, "line")]
    [InlineData(LineLevel.Error, false, "line e")]
    [InlineData(LineLevel.Error, true, "line e c")]
    [InlineData(LineLevel.Warn, false, "line w")]
    public void Its_class_says_its_level_and_whether_it_continues_another(LineLevel level, bool continues, string classes) =>
        Assert.Equal(classes, ElementOf(Sample.Line() with { Traits = new LineTraits(level, continues) }).ClassName);

    [Fact]
    public void A_long_name_keeps_both_its_ends()
    {
        Assert.Equal("storybook…ocs#12", ShortName.Of("storybook-static-site-docs#12"));
        Assert.Equal("web", ShortName.Of("web"));
    }

    [Fact]
    public void An_empty_line_is_still_a_line_of_copied_text() =>
        Assert.Equal("<i data-p=\"web\"></i><br>", ElementOf(Sample.Line("")).InnerHtml);

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void Text_never_becomes_markup(string text)
    {
        var element = ElementOf(Sample.Line(text));
        Assert.Equal(text, element.TextContent);
        Assert.Equal("I", Assert.Single(element.Children).TagName); // the name
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void Styled_text_never_becomes_markup(string text)
    {
        StyleRun[] runs = [new(0, text.Length, TextStyle.Default with { Flags = TextAttributes.Bold })];
        var element = ElementOf(Sample.Line(text, runs: runs));
        Assert.Equal(text, Assert.Single(element.QuerySelectorAll("span")).TextContent);
        Assert.Equal(["class"], element.Children[1].Attributes.Select(a => a.Name));
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void A_process_name_never_leaves_its_attribute(string name)
    {
        var element = ElementOf(Sample.Line("hello", name));
        Assert.Equal(name, element.GetAttribute("data-p"));
        Assert.Equal(["class", "data-id", "data-t", "data-p"], element.Attributes.Select(a => a.Name));
        Assert.Equal("hello", element.TextContent);
        Assert.Equal(ShortName.Of(name), element.Children[0].GetAttribute("data-p"));
    }

    [Fact]
    public void A_line_of_16_kB_is_folded_and_all_of_it_there()
    {
        var text = new string('x', LineRenderer.CutAbove);
        Assert.Equal($"{text}+{text.Length - LineRenderer.FoldAbove:N0}", ElementOf(Sample.Line(text)).TextContent);
    }

    [Fact]
    public void A_longer_line_is_cut_and_offers_the_rest()
    {
        var line = Sample.Line(new string('x', LineRenderer.CutAbove) + "REST");
        var element = ElementOf(line);
        var button = Assert.Single(element.QuerySelectorAll("button"));
        Assert.Equal(("whole", "true"), (button.ClassName, button.GetAttribute("data-cut")));
        Assert.Equal("+14,388", button.TextContent);
        Assert.Equal(new string('x', LineRenderer.FoldAbove), element.ChildNodes[1].TextContent);
        Assert.EndsWith("xREST", LineRenderer.RenderWhole(line), StringComparison.Ordinal);
    }

    [Fact]
    public void The_whole_of_a_line_is_escaped_as_well() =>
        Assert.Equal("<i data-p=\"web\"></i>&lt;b&gt;", LineRenderer.RenderWhole(Sample.Line("<b>")));

    [Fact]
    public void A_cut_keeps_the_styles_before_it_and_drops_those_behind()
    {
        var bold = TextStyle.Default with { Flags = TextAttributes.Bold };
        var styled = new StyledLine("0123456789", [new(0, 4, bold), new(4, 4, TextStyle.Default), new(8, 2, bold)]);
        var cut = StyledLineCut.To(styled, 6);
        Assert.Equal("012345", cut.Text);
        Assert.Equal([new(0, 4, bold), new(4, 2, TextStyle.Default)], cut.Runs);
    }

    [Fact]
    public void A_cut_halves_no_character()
    {
        var cut = StyledLineCut.To(StyledLine.Plain("ab😀cd"), 3);
        Assert.Equal("ab", cut.Text);
    }

    private static IElement ElementOf(OutputLine line)
    {
        var body = new HtmlParser().ParseDocument($"<body>{LineRenderer.Render(line).Html}</body>").Body!;
        return Assert.Single(body.ChildNodes.OfType<IElement>());
    }
}
