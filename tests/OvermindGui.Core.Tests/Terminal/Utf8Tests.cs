using System.Text;
using CsCheck;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

public class Utf8Tests
{
    /// <summary>One U+FFFD per maximal subpart, as Unicode 15, table 3-8 and its neighbours want it.</summary>
    public static readonly TheoryData<string, string> InvalidBytes = new()
    {
        { "61 80 62", "a\uFFFDb" },
        { "61 9B 62", "a\uFFFDb" },
        { "61 FF FE 62", "a\uFFFD\uFFFDb" },
        { "C0 AF E0 80 BF F0 81 82 41", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA" },
        { "ED A0 80 ED BF BF ED AF 41", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA" },
        { "F4 91 92 93 FF 41 80 BF 42", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA\uFFFD\uFFFDB" },
        { "E1 80 E2 F0 91 92 F1 BF 41", "\uFFFD\uFFFD\uFFFD\uFFFDA" },
        { "61 C3", "a\uFFFD" },
        { "61 E2 82", "a\uFFFD" },
        { "61 F0 9F 98", "a\uFFFD" },
        { "E2 82 61", "\uFFFDa" },
        { "F0 9F 98 F0 9F 98 80", "\uFFFD😀" },
    };

    [Theory]
    [MemberData(nameof(InvalidBytes))]
    public void Invalid_bytes_become_replacement_characters(string hex, string text)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(text, Encoding.UTF8.GetString(bytes));
        Assert.Equal([text], Rendered.Texts(bytes));
    }

    [Theory]
    [InlineData(new byte[] { 0xE2, 0x82, 0x0A, 0x61 }, new[] { "\uFFFD", "a" })]
    [InlineData(new byte[] { 0xF0, 0x9F, 0x1B, 0x5B, 0x6D, 0x98, 0x80 }, new[] { "\uFFFD\uFFFD\uFFFD" })]
    public void A_control_ends_a_character_that_was_cut_short(byte[] output, string[] lines) => Assert.Equal(lines, Rendered.Texts(output));

    [Fact]
    public void Long_text_is_decoded_whole()
    {
        var text = string.Concat(Enumerable.Repeat("aé漢😀", 4_000));
        Assert.Equal(text, Rendered.Text(text));
    }

    [Fact]
    public void Any_bytes_of_text_decode_as_the_framework_decodes_them() =>
        Gen.OneOf<byte>(Gen.Byte[0x20, 0x7E], Gen.Byte[0x80, 0xFF], Gen.OneOf<byte>(0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x98, 0x80, 0xED, 0xF4))
            .Array[1, 60]
            .Where(bytes => !Encoding.UTF8.GetString(bytes).AsSpan().ContainsAnyInRange('\u0080', '\u009F')) // controls
            .Sample(
                bytes => Assert.Equal([Encoding.UTF8.GetString(bytes)], Rendered.Texts(bytes)), iter: 3_000);
}
