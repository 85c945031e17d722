using OvermindGui.Web.Live;

namespace OvermindGui.Web.Tests.Live;

/// <summary>The fields of a line, one below the other.</summary>
public sealed class LineFieldsTests
{
    [Fact]
    public void Json_and_logfmt_have_fields_and_other_lines_have_none()
    {
        Assert.Equal(
            [("level", "error"), ("user.id", "7"), ("user.name", "A \"B\""), ("tags", """["x", 1]""")],
            LineFields.Of("""{"level":"error","user":{"id":7,"name":"A \"B\""},"tags":["x", 1]}"""));
        Assert.Equal([("level", "warn"), ("msg", "too \"slow\""), ("took", "12ms")], LineFields.Of("""level=warn msg="too \"slow\"" took=12ms"""));
        Assert.Empty(LineFields.Of("GET /orders?x=1 200"));
        Assert.Empty(LineFields.Of("{not json}"));
        Assert.Empty(LineFields.Of(""));
    }

    [Fact]
    public void A_line_that_is_made_to_be_slow_is_cut()
    {
        Assert.Equal(500, LineFields.Of("{" + string.Join(',', Enumerable.Range(0, 9_000).Select(i => $"\"a{i}\":1")) + "}").Count);
        Assert.Single(LineFields.Of(string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40)));
    }
}
