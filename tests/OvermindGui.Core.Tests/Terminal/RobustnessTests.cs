using CsCheck;
using OvermindGui.Core.Terminal;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

public class RobustnessTests
{
    private static readonly Gen<byte[]> AnyOutput = Gen.OneOf<byte[]>(Outputs.RandomBytes, Outputs.Mixed);

    [Fact]
    public void No_bytes_make_it_throw() =>
        Outputs.RandomBytes.Sample(output => { Rendered.Lines(output); }, iter: 3_000);

    [Fact]
    public void Text_never_holds_control_characters_but_tabs() =>
        AnyOutput.Sample(
            output => Assert.All(Rendered.Lines(output), line => Assert.DoesNotContain(line.Text, c => c != '\t' && char.IsControl(c))),
            iter: 2_000);

    [Fact]
    public void A_line_without_its_tabs_has_the_same_text_between_blanks() =>
        AnyOutput.Sample(
            output => Assert.All(Rendered.Lines(output), line =>
            {
                var look = line.WithoutTabs();
                Assert.DoesNotContain('\t', look.Text);
                Assert.Equal(line.Text.Replace("\t", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), look.Text.Replace(" ", "", StringComparison.Ordinal));
                AssertRuns(look);
            }),
            iter: 2_000);

    [Fact]
    public void Text_never_holds_half_a_character() =>
        AnyOutput.Sample(output => Assert.All(Rendered.Lines(output), line => Assert.True(IsWellFormed(line.Text))), iter: 2_000);

    [Fact]
    public void Runs_cover_the_text_exactly_or_there_are_none() =>
        AnyOutput.Sample(output => Assert.All(Rendered.Lines(output), AssertRuns), iter: 2_000);

    private static void AssertRuns(StyledLine line)
    {
        if (line.Runs.Length == 0) return;
        Assert.Equal(0, line.Runs[0].Start);
        Assert.Equal(line.Text.Length, line.Runs[^1].End);
        Assert.All(line.Runs, run => Assert.True(run.Length > 0));
        Assert.All(line.Runs.Zip(line.Runs.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
        Assert.All(line.Runs.Zip(line.Runs.Skip(1)), pair => Assert.NotEqual(pair.First.Style, pair.Second.Style));
        Assert.Contains(line.Runs, run => run.Style != TextStyle.Default);
    }

    private static bool IsWellFormed(string text)
    {
        var valid = new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true);
        try
        {
            valid.GetByteCount(text);
            return true;
        }
        catch (System.Text.EncoderFallbackException)
        {
            return false;
        }
    }
}
