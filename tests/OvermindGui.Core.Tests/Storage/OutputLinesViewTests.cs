using CsCheck;
using OvermindGui.Core.Terminal;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Storage;

public sealed class OutputLinesViewTests : IDisposable
{
    private readonly TempProject _project = new TempProject().WithDatabase();

    [Fact]
    public void The_view_renders_what_the_renderer_renders() =>
        Outputs.StyledLines.Array[1, 50].Sample(AssertSameMarkup, iter: 40, threads: 1);

    [Fact]
    public void The_view_renders_real_output_alike() =>
        Outputs.Mixed.Select(bytes => Rendered.Lines(bytes).ToArray()).Sample(AssertSameMarkup, iter: 60, threads: 1);

    [Fact]
    public void Emoji_quotes_and_both_colours_are_rendered_alike() =>
        AssertSameMarkup(
            [.. Rendered.Lines(
                "😀 \e[38;2;1;2;3;48;2;4;5;6m\"<é>\" 😀\e[m 'x' \e[1;48;2;9;9;9m👩‍💻&\e[0;31m\n\n&amp;"u8.ToArray())]);

    [Fact]
    public void Scripts_get_name_text_and_seconds_too()
    {
        _project.Append("web", "a<b");
        Assert.Equal(
            [(1L, "web", "a&lt;b", "a<b", 1.5)],
            _project.Query(
                "SELECT id, process, html, text, time FROM output_lines",
                r => (r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetDouble(4))));
    }

    private void AssertSameMarkup(StyledLine[] lines)
    {
        _project.Execute("DELETE FROM lines");
        _project.Append("web", lines);
        Assert.Equal(
            lines.Select(l => ("web", Rendered.Html(l))),
            _project.Query("SELECT id, process, html FROM output_lines ORDER BY id", r => (r.GetString(1), r.GetString(2))));
    }

    public void Dispose() => _project.Dispose();
}
