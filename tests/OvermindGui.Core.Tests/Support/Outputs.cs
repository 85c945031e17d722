using System.Text;
using CsCheck;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Tests.Support;

/// <summary>Random output of a child, for property tests. CsCheck prints the seed of a case that fails.</summary>
internal static class Outputs
{
    private static readonly Gen<string> Parameter = Gen.OneOf<string>(
        Gen.Int[0, 110].Select(n => $"{n}"), Gen.OneOf("", "38", "48", "58", "5", "2", "4:3", "38:5:9", "38:2::1:2:3", "99999999999"));

    private static readonly Gen<byte[]> Sequence =
        Gen.Select(Gen.OneOf("", "?", ">"), Parameter.Array[0, 6], Gen.OneOf(
                "m", "m", "m", "m", "K", "1K", "2K", "H", "!p", "A", "B", "C", "D", "E", "F", "G", "I", "Z", "J", "2J", "L", "M", "P", "X", "@", "b", "d", "s", "u",
                "1049h", "1049l"))
            .Select((marker, parameters, final) => Utf8($"\e[{marker}{string.Join(';', parameters)}{final}"));

    private static readonly Gen<byte[]> Text = Gen.OneOf(
        "plain", "a", " ", "é", "漢字", "😀", "👩‍💻", "e\u0301", "<b>&\"'", "\u200B\u202E", "\\", "[31m", "]0;x").Select(Utf8);

    private static readonly Gen<byte[]> ControlString =
        Gen.Select(Gen.OneOf("]0;", "]8;;http://x/", "P", "_", "^", "X"), Text, Gen.OneOf("\a", "\e\\", "\n", "\x18", "\e", ""))
            .Select((start, body, end) => (byte[])[.. Utf8("\e" + start), .. body, .. Utf8(end)]);

    private static readonly Gen<byte[]> Control = Gen.OneOf(
        "\n", "\n", "\r\n", "\r", "\b", "\t", "\0", "\a", "\v", "\f", "\x18", "\x1A", "\e", "\e7", "\e8", "\eD", "\eM", "\ec", "\e(0", "\e(B", "\x0E", "\x0F",
        "\e[", "\x7F", "\u0085", "\u009B", "\u009D", "\u009C")
        .Select(Utf8);

    private static readonly Gen<byte[]> Invalid = Gen.OneOf<byte[]>(
        [0x80], [0xFF], [0xC0, 0x80], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0x9B, 0x33]);

    /// <summary>Text, multi-byte characters, styles, string sequences, controls and invalid bytes in any order.</summary>
    public static readonly Gen<byte[]> Mixed = Gen.Frequency<byte[]>((4, Text), (3, Sequence), (1, ControlString), (3, Control), (1, Invalid))
        .Array[0, 40].Select(parts => parts.SelectMany(p => p).ToArray());

    public static readonly Gen<byte[]> RandomBytes = Gen.Byte.Array[0, 400];

    private static readonly Gen<TerminalColor> Color = Gen.OneOf<TerminalColor>(
        Gen.Const(TerminalColor.Default),
        Gen.Byte.Select(TerminalColor.Palette),
        Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte).Select((r, g, b) => TerminalColor.Rgb(r, g, b)));

    private static readonly Gen<string?> Link = Gen.OneOf(
        "", "", "https://example.org/?a=1&b='2'", "http://localhost:3000/a\\b", "mailto:a@example.org").Select(target => Hyperlink.Accept(target));

    public static readonly Gen<string> HostileText = Gen.OneOf(
            "a", " ", "<", ">", "&", "\"", "'", "\u202E", "<script>", "&amp;", "é", "漢", "😀", "👩‍💻", "$[0]", "%", "\\", "{}", ",", "|")
        .Array[1, 8].Select(string.Concat);

    /// <summary>Lines as an assembler makes them: runs cover the text, neighbours differ, no runs where all is default.</summary>
    public static readonly Gen<StyledLine> StyledLines = Gen.Select(HostileText, Styles(Link)).Array[0, 6].Select(ToLine);

    public static readonly Gen<StyledLine> StyledLinesWithoutLinks =
        Gen.Select(HostileText, Styles(Gen.Const((string?)null))).Array[0, 6].Select(ToLine);

    private static Gen<TextStyle> Styles(Gen<string?> links) => Gen.OneOf<TextStyle>(
        Gen.Const(TextStyle.Default),
        Gen.Select(Gen.Int[0, (1 << 9) - 1], Gen.Int[-1, 3], Color, Color, Color, links).Select((flags, kind, f, b, u, link) =>
            new TextStyle((TextAttributes)flags | Underline(kind), f, b) { UnderlineColor = u.Resolved(), Link = link }));

    private static StyledLine ToLine((string Text, TextStyle Style)[] pieces)
    {
        var text = new StringBuilder();
        var runs = new List<StyleRun>();
        foreach (var (piece, style) in pieces)
        {
            if (runs.Count > 0 && runs[^1].Style == style) runs[^1] = runs[^1] with { Length = runs[^1].Length + piece.Length };
            else runs.Add(new StyleRun(text.Length, piece.Length, style));
            text.Append(piece);
        }

        return new StyledLine(text.ToString(), runs.TrueForAll(r => r.Style == TextStyle.Default) ? [] : [.. runs]);
    }

    private static TextAttributes Underline(int kind) =>
        kind < 0 ? TextAttributes.None : TextAttributes.Underline | (TextAttributes)((int)TextAttributes.DoubleUnderline << kind);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
