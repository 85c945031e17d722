using System.Text;
using CsCheck;

namespace OvermindGui.Core.Tests.Xterm;

/// <summary>
/// Random output as programs write it, of what is meant to be the same here as in xterm.js. Left out: <c>38:2:r:g:b</c>, which xterm.js
/// reads with the red as a colour space; characters of several code points but for combining marks (flags, families), which it does not join; and clearing the screen, which deletes nothing here.
/// </summary>
internal static class TerminalInput
{
    private static readonly Gen<string> Word = Gen.OneOf(
        "a", "bc", "def ", " ", "x-y", "é", "漢字", "ｗ", "│", "▒", "😀", "e\u0301", "한", "ß", "1234567890");

    private static readonly Gen<string> Color = Gen.OneOf(
        Gen.OneOf("3", "4", "9", "10").Select(Gen.Int[0, 7]).Select((tens, n) => $"{tens}{n}"),
        Gen.OneOf("38", "48", "58").Select(Gen.OneOf(";5;", ":5:"), Gen.Int[0, 255]).Select((code, kind, n) => code + kind + n),
        Gen.OneOf("38", "48", "58").Select(Gen.OneOf(";2;{0};{1};{2}", ":2::{0}:{1}:{2}"), Gen.Int[0, 255].Array[3])
            .Select((code, form, v) => code + string.Format(System.Globalization.CultureInfo.InvariantCulture, form, v[0], v[1], v[2])),
        Gen.OneOf("39", "49", "59"));

    private static readonly Gen<string> Rendition = Gen.OneOf(
        Color,
        Gen.OneOf("", "0", "1", "2", "3", "4", "5", "7", "8", "9", "21", "22", "23", "24", "25", "27", "28", "29", "53", "55"),
        Gen.Int[0, 5].Select(kind => $"4:{kind}"));

    private static readonly Gen<string> Sgr = Sequence(Rendition);

    // What restores the cursor restores nothing of underlines there.
    private static readonly Gen<string> SimpleSgr = Sequence(Gen.OneOf("0", "1", "3", "7", "31", "44", "95", "38;5;200", "39", "22"));

    private static readonly Gen<string> Editing = Gen.OneOf(
        Gen.OneOf("\r", "\b", "\b\b", "\t", "\e[K", "\e[1K", "\e[2K", "\e[0K"),
        Gen.OneOf("G", "`", "C", "a", "D", "P", "@", "X", "I", "Z").Select(Gen.Int[-1, 12]).Select((final, n) => $"\e[{(n < 0 ? "" : n)}{final}"));

    private static readonly Gen<string> Charset = Gen.OneOf("\e(0", "\e(B", "\e)0", "\x0E", "\x0F", "qqx", "lk");

    private static readonly Gen<string> Vertical = Gen.OneOf(
        Gen.OneOf("\n", "\r\n", "\n", "\e7", "\e8", "\e[s", "\e[u", "\eM", "\eD", "\eE"),
        Gen.OneOf("A", "B", "E", "F", "d", "e", "L", "M").Select(Gen.Int[-1, 5]).Select((final, n) => $"\e[{(n < 0 ? "" : n)}{final}"),
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 20]).Select((row, column) => $"\e[{row};{column}H"));

    private static readonly Gen<string> Repeat = Gen.Select(Gen.OneOf("=", "ab"), Gen.Int[0, 6]).Select((text, n) => $"{text}\e[{n}b");

    /// <summary>One line: text, SGR, and what edits it in place.</summary>
    public static readonly Gen<string> Line =
        Gen.Frequency<string>((8, Word), (4, Sgr), (4, Editing), (1, Charset), (1, Repeat)).Array[1, 30].Select(string.Concat);

    /// <summary>A few lines, and moves between them.</summary>
    public static readonly Gen<string> Screen =
        Gen.Frequency<string>((6, Word), (2, SimpleSgr), (2, Editing), (4, Vertical)).Array[1, 40].Select(string.Concat);

    private static Gen<string> Sequence(Gen<string> codes) => codes.Array[1, 3].Select(all => $"\e[{string.Join(';', all)}m");

    public static byte[] Bytes(string output) => Encoding.UTF8.GetBytes(output);
}
