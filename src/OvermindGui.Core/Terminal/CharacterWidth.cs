using System.Buffers;
using System.Globalization;
using System.Text;
using Wcwidth;

namespace OvermindGui.Core.Terminal;

/// <summary>The width of characters in cells, and whether they combine with the previous one.</summary>
internal static class CharacterWidth
{
    private const char VariationSelector16 = '\uFE0F'; // "show as emoji", which takes two cells
    private const char ZeroWidthJoiner = '\u200D';

    // Characters with a text form that become emoji when that selector follows (Unicode's emoji-variation-sequences, basic plane).
    private static readonly SearchValues<char> EmojiByChoice = SearchValues.Create(
        "#*0123456789©®‼⁉™ℹ↔↕↖↗↘↙↩↪⌨⏏⏭⏮⏯⏱⏲⏸⏹⏺Ⓜ▪▫▶◀◻◼☀☁☂☃☄☎☑☘☝☠☢☣☦☪☮☯☸☹☺♀♂♟♠♣♥♦♨♻♾⚒" +
        "⚔⚕⚖⚗⚙⚛⚜⚠⚧⚰⚱⛈⛏⛑⛓⛩⛰⛱⛴⛷⛸⛹✂✈✉✌✍✏✒✔✖✝✡✳✴❄❇❣❤➡⤴⤵⬅⬆⬇〰〽㊗㊙");

    // The library searches its tables for each character, which is too slow for logs in Chinese or with box drawing.
    private static readonly Lazy<byte[]> BasicPlane = new(() =>
        [.. Enumerable.Range(0, 0x10000).Select(c => Rune.IsValid(c) ? Measure(new Rune(c)) : (byte)1)]);

    /// <summary>0 for combining characters, 2 for East Asian wide characters and emoji, otherwise 1.</summary>
    public static int Of(Rune rune) => rune.IsBmp ? BasicPlane.Value[rune.Value] : Measure(rune);

    /// <summary>
    /// True for characters that take two cells and never join the one before: what text in Chinese, Japanese and Korean mostly consists of.
    /// </summary>
    public static bool IsPlainWide(char c) =>
        c is >= '\u4E00' and <= '\u9FFF' // ideographs
            or >= '\uAC00' and <= '\uD7A3' // Hangul syllables
            or >= '\u3041' and <= '\u3096' or >= '\u30A1' and <= '\u30FA' // Hiragana, Katakana
            or >= '\uFF01' and <= '\uFF60' // full-width forms
            or >= '\u3001' and <= '\u3003'; // punctuation

    /// <summary>True when <paramref name="rune"/> extends the character at the end of <paramref name="before"/>.</summary>
    public static bool Joins(ReadOnlySpan<char> before, Rune rune)
    {
        if (before.IsEmpty) return false;
        if (Of(rune) == 0) return true;
        var mayJoin = !rune.IsBmp || before[^1] == ZeroWidthJoiner || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpacingCombiningMark;
        if (!mayJoin) return false;
        Span<char> both = stackalloc char[before.Length + 2];
        before.CopyTo(both);
        var length = before.Length + rune.EncodeToUtf16(both[before.Length..]);
        return StringInfo.GetNextTextElementLength(both[..length]) == length; // UAX 29: flags, families, skin tones
    }

    /// <summary>Width of a character after <paramref name="rune"/> has extended it.</summary>
    public static int Joined(int width, ReadOnlySpan<char> before, Rune rune)
    {
        if (rune.Value == VariationSelector16) return BecomesEmoji(before) ? 2 : width;
        return rune.IsBmp ? Math.Max(width, Of(rune)) : 2; // a second half of a flag, a skin tone, a member of a family
    }

    private static bool BecomesEmoji(ReadOnlySpan<char> text) =>
        text.Length == 1 ? EmojiByChoice.Contains(text[0])
        : Rune.DecodeFromUtf16(text, out var symbol, out _) == OperationStatus.Done && Rune.GetUnicodeCategory(symbol) == UnicodeCategory.OtherSymbol;

    private static byte Measure(Rune rune) => (byte)Math.Clamp(UnicodeCalculator.GetWidth(rune), 0, 2);
}
