using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Terminal;

/// <summary>Wide, combining and composed characters: cells, and never half of one.</summary>
public class WideCharacterTests
{
    [Theory]
    [InlineData("漢字\e[3Gx", "漢x ")]
    [InlineData("漢字\e[2Gx", " x字")]
    [InlineData("😀\e[3Gx", "😀x")]
    [InlineData("│\e[2Gx", "│x")]
    [InlineData("e\u0301\e[2Gx", "e\u0301x")]
    [InlineData("👩‍💻\e[3Gx", "👩‍💻x")]
    [InlineData("👨‍👩‍👧‍👦\e[3Gx", "👨‍👩‍👧‍👦x")]
    [InlineData("👍🏽\e[3Gx", "👍🏽x")]
    [InlineData("🇩🇪🇫🇷\e[5Gx", "🇩🇪🇫🇷x")]
    [InlineData("❤️\e[3Gx", "❤️x")]
    [InlineData("ℹ️\e[3Gx", "ℹ️x")]
    [InlineData("1️⃣\e[3Gx", "1️⃣x")]
    [InlineData("#️⃣2\e[4Gx", "#️⃣2x")]
    [InlineData("‼️\e[3Gx", "‼️x")]
    [InlineData("↔️\e[3Gx", "↔️x")]
    [InlineData("❤️‍🔥\e[3Gx", "❤️‍🔥x")]
    [InlineData("🏳️‍🌈\e[3Gx", "🏳️‍🌈x")]
    [InlineData("🏃‍♂️\e[3Gx", "🏃‍♂️x")]
    [InlineData("👩‍❤️‍👨\e[3Gx", "👩‍❤️‍👨x")]
    [InlineData("✓\uFE0F\e[2Gx", "✓\uFE0Fx")]
    [InlineData("ℹ\e[2Gx", "ℹx")]
    [InlineData("각\e[3Gx", "각x")]
    [InlineData("👩‍💻\rx", "x ")]
    [InlineData("👩‍💻\b\bx", "x ")]
    [InlineData("👩‍💻a\r\e[P", " a")]
    [InlineData("a👩‍💻b\e[2G\e[@", "a 👩‍💻b")]
    [InlineData("a漢b\e[3G\e[@", "a   b")]
    [InlineData("a漢b\e[2G\e[2P", "ab")]
    public void A_character_is_one_piece_of_one_or_two_cells(string output, string line) => Assert.Equal(line, Rendered.Text(output));

    [Theory]
    [InlineData('\u3001', '\u3003')]
    [InlineData('\u3041', '\u3096')]
    [InlineData('\u30A1', '\u30FA')]
    [InlineData('\u4E00', '\u9FFF')]
    [InlineData('\uAC00', '\uD7A3')]
    [InlineData('\uFF01', '\uFF60')]
    public void Text_in_East_Asian_scripts_takes_two_cells_a_character_and_wraps_between_them(char first, char last)
    {
        foreach (var characters in Enumerable.Range(first, last - first + 1).Select(c => (char)c).Chunk(500))
        {
            var text = new string(characters);
            Assert.Equal(text + "x", Rendered.Text($"{text}x"));
            Assert.All(characters, c => Assert.Equal($"{c}x", Rendered.Text($"{c}{c}\e[3G\e[Kx")));
        }
    }

    [Fact]
    public void A_mark_joins_its_letter_in_any_split() =>
        Assert.Equal("ne\u0301e\u0301x", Assert.Single(Rendered.Lines([.. "ne\u0301e\u0301"u8.ToArray().Select(b => new[] { b }), "\e[4Gx"u8.ToArray()])).Text);

    [Fact]
    public void A_mark_with_nothing_before_it_is_kept() => Assert.Equal("\u0301a", Rendered.Text("\u0301a"));

    [Fact]
    public void A_stack_of_marks_is_bounded_and_loses_nothing()
    {
        var text = "a" + new string('\u0301', 200_000);
        Assert.Equal(text, string.Concat(Rendered.Texts(text)));
        Assert.All(Rendered.Texts(text), line => Assert.InRange(line.Length, 1, 200_000));
        Assert.True(Rendered.Texts(text).Length > 1);
    }

    [Theory]
    [InlineData("\e(0lqk\e(B|", "┌─┐|")]
    [InlineData("\e)0a\x0Ex\x0Fx", "a│x")]
    [InlineData("\e(0q\ecq", "─", "q")]
    public void Line_drawing_maps_letters_to_frames(string output, params string[] lines) => Assert.Equal(lines, Rendered.Texts(output));
}
