using OvermindGui.Core.Contracts;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Log;

public sealed class PrefixStyleTests
{
    [Fact]
    public void Every_process_has_the_colour_of_its_position() =>
        Assert.Equal(
            $$""".line[data-p="web"]{--c:var(--a{{ProcessColors.ForPosition(0)}})}.line[data-p="api"]{--c:var(--a{{ProcessColors.ForPosition(1)}})}""",
            PrefixStyle.ColorsOf([Sample.Process("web"), Sample.Process("api", position: 1)]));

    [Fact]
    public void An_instance_has_a_colour_too() => Assert.Contains("\"web#2\"", PrefixStyle.ColorsOf([Sample.Process("web#2")]), StringComparison.Ordinal);

    [Theory]
    [InlineData("web#x")]
    [InlineData("x\"]{}*{display:none}")]
    [InlineData("</style><script>alert(1)</script>")]
    [InlineData("web\n")]
    [InlineData("")]
    public void A_name_that_no_Procfile_allows_gets_into_no_style_sheet(string name) =>
        Assert.Equal("", PrefixStyle.ColorsOf([Sample.Process(name)]));

    [Theory]
    [InlineData("web", 6)]
    [InlineData("scheduler", 9)]
    [InlineData("a-name-that-is-much-longer-than-all-others", 16)]
    public void The_longest_name_makes_the_width_between_that_of_system_and_16(string name, int width) =>
        Assert.Equal($"--name-width:{width}.5ch", PrefixStyle.WidthOf([Sample.Process("a"), Sample.Process(name)]));
}
