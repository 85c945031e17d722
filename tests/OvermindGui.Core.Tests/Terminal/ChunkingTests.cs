using System.Text;
using CsCheck;
using OvermindGui.Core.Terminal;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

public class ChunkingTests
{
    [Fact]
    public void Any_split_of_the_input_gives_the_same_lines() =>
        Gen.Select(Outputs.Mixed, Gen.Int[1, 9].Array[0, 400]).Sample(
            (output, sizes) => Assert.Equal(Describe(output), Describe([.. Split(output, sizes)])), iter: 2_000);

    [Fact]
    public void Single_bytes_give_the_same_lines_as_one_chunk() =>
        Outputs.RandomBytes.Sample(
            output => Assert.Equal(Describe(output), Describe([.. output.Select(b => new[] { b })])), iter: 1_000);

    [Fact]
    public void What_is_passed_on_in_between_changes_nothing_in_the_end() =>
        Gen.Select(Outputs.Mixed, Gen.Int[1, 9].Array[0, 400]).Sample(
            (output, sizes) =>
            {
                var received = new ReceivedLines();
                var assembler = new LineAssembler(TerminalSize.Default, received.Receive);
                foreach (var chunk in Split(output, sizes))
                {
                    assembler.Feed(chunk);
                    assembler.Flush();
                    Assert.False(assembler.HasChanges);
                }

                assembler.Complete();
                // A line that was reported and then erased stays as an empty one.
                Assert.Equal(WithoutEmpty(Describe(output)), WithoutEmpty(received.Lines.Select(Rendered.Describe)));
            },
            iter: 2_000, print: input => Readable(input.Item1) + " " + string.Join(',', input.Item2));

    [Fact]
    public void A_long_line_that_is_written_over_is_the_same_in_any_split()
    {
        var output = Encoding.ASCII.GetBytes(new string('a', 9_000) + "\e[44A\r" + new string('b', 8_000));
        Assert.Equal(Describe(output), Describe([.. output.Chunk(7)]));
        Assert.Equal([new string('b', 8_000) + new string('a', 1_000)], Rendered.Texts(output));
    }

    private static string Readable(byte[] output) => System.Text.Json.JsonSerializer.Serialize(Encoding.Latin1.GetString(output));

    private static IEnumerable<byte[]> Split(byte[] output, int[] sizes)
    {
        var start = 0;
        foreach (var size in sizes)
        {
            var end = Math.Min(start + size, output.Length);
            yield return output[start..end];
            start = end;
        }

        yield return output[start..];
    }

    private static IEnumerable<string> WithoutEmpty(IEnumerable<string> lines) => lines.Where(line => line.Length > 0);

    private static string[] Describe(params byte[][] chunks) => [.. Rendered.Lines(chunks).Select(Rendered.Describe)];
}
