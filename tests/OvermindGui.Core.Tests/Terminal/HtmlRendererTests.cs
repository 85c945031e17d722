using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using OvermindGui.Core.Terminal;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

public partial class HtmlRendererTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("<script>alert(\"1\")</script>", "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;")]
    [InlineData("a & b 'c'", "a &amp; b &#39;c&#39;")]
    [InlineData("&amp;", "&amp;amp;")]
    [InlineData("\e[31m<\e[m>", "<span class=\"f1\">&lt;</span>&gt;")]
    public void Text_is_escaped(string output, string html) => Assert.Equal(html, Rendered.Html(output));

    [Theory]
    [InlineData("\e[1;2;3;4;5;7;8;9;53mx", "<span class=\"bold faint italic underline blink inverse conceal strike overline\">x</span>")]
    [InlineData("\e[1;38;5;200;44mx", "<span class=\"bold f200 b4\">x</span>")]
    public void Styles_are_classes(string output, string html) => Assert.Equal(html, Rendered.Html(output));

    [Theory]
    [InlineData("\e[38;2;1;2;3mx", "<span class=\"\" style=\"--fg:#010203\">x</span>")]
    [InlineData("\e[48;2;1;2;3mx", "<span class=\"\" style=\"--bg:#010203\">x</span>")]
    [InlineData("\e[1;38;2;1;2;3;48;2;4;5;6mx", "<span class=\"bold\" style=\"--fg:#010203;--bg:#040506\">x</span>")]
    public void Colours_of_24_bits_are_custom_properties(string output, string html) => Assert.Equal(html, Rendered.Html(output));

    [Theory]
    [InlineData("\e[31ma\e[31mb\e[39;31mc", "<span class=\"f1\">abc</span>")]
    [InlineData("\e[31ma\e[mb\e[1m\e[22mc", "<span class=\"f1\">a</span>bc")]
    [InlineData("\e[31mred\r\e[mxyz", "xyz")]
    public void Equal_neighbours_are_one(string output, string html) => Assert.Equal(html, Rendered.Html(output));

    [Fact]
    public void Markup_is_only_our_own() =>
        Gen.OneOf<StyledLine>(Outputs.StyledLines, Gen.String.Select(StyledLine.Plain)).Sample(
            line =>
            {
                var text = OwnTag().Replace(Rendered.Html(line), "");
                Assert.DoesNotMatch("[<>\"']|&(?!(amp|lt|gt|quot|#39);)", text);
                Assert.Equal(DirectionControl().Replace(line.Text, ShownName), System.Net.WebUtility.HtmlDecode(text));
            },
            iter: 3_000);

    [Fact]
    public void Any_output_keeps_to_our_own_markup() =>
        Outputs.Mixed.Sample(
            output => Assert.All(
                Rendered.Lines(output), line => Assert.DoesNotContain('<', OwnTag().Replace(Rendered.Html(line), ""))), iter: 1_000);

    [Fact]
    public void Escaping_appends_to_what_is_there()
    {
        var html = new StringBuilder("<i>");
        HtmlRenderer.AppendEscaped(html, "a<b");
        Assert.Equal("<i>a&lt;b", html.ToString());
    }

    [Theory]
    [InlineData("\e[4:3mx", "<span class=\"underline curly\">x</span>")]
    [InlineData("\e[21mx", "<span class=\"underline double\">x</span>")]
    [InlineData("\e[4;58;5;200mx", "<span class=\"underline\" style=\"--ul:#ff00d7\">x</span>")]
    [InlineData("\e[4;31;58;5;9mx", "<span class=\"underline f1\" style=\"--ul:var(--a9)\">x</span>")]
    [InlineData("\e[4;48;2;1;2;3;58;2;4;5;6mx", "<span class=\"underline\" style=\"--bg:#010203;--ul:#040506\">x</span>")]
    public void Underlines_have_a_kind_and_a_colour(string output, string html) => Assert.Equal(html, Rendered.Html(output));

    [Fact]
    public void Direction_overrides_are_shown_by_name() =>
        Assert.Equal("a<span class=\"control\">U+202E</span>b", Rendered.Html("a\u202Eb"));

    private static string ShownName(Match control) => $"U+{(int)control.Value[0]:X4}";

    [GeneratedRegex("[\u202A-\u202E\u2066-\u2069]")]
    private static partial Regex DirectionControl();

    [GeneratedRegex(
        "<(span|a) class=\"[a-z0-9 ]*\"( style=\"(;?--(fg|bg|ul):(#[0-9a-f]{6}|var\\(--a[0-9]+\\)))*\")?" +
        "( href=\"(https?://|mailto:)[^\"<>]*\" target=\"_blank\" rel=\"noopener noreferrer nofollow\")?>|</(span|a)>")]
    private static partial Regex OwnTag();
}
