using System.Text;
using CsCheck;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Tests.Xterm;

/// <summary>
/// Random output as programs write it, of what is meant to be the same here as in xterm.js. Left out: <c>38:2:r:g:b</c>, which xterm.js
/// reads with the red as a colour space; characters of several code points but for combining marks (flags, families), which it does not
/// join; and tabs at the right edge, where the log keeps them.
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

    private static readonly Gen<string> Moves = Gen.OneOf(
        Gen.OneOf("\n", "\r\n", "\n", "\eM", "\eD", "\eE"),
        Gen.OneOf("A", "B", "E", "F", "d", "e", "L", "M").Select(Gen.Int[-1, 5]).Select((final, n) => $"\e[{(n < 0 ? "" : n)}{final}"),
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 20]).Select((row, column) => $"\e[{row};{column}H"));

    private static readonly Gen<string> Vertical = Gen.Frequency<string>((2, Moves), (1, Gen.OneOf("\e7", "\e8", "\e[s", "\e[u")));

    private static readonly Gen<string> Repeat = Gen.Select(Gen.OneOf("=", "ab"), Gen.Int[0, 6]).Select((text, n) => $"{text}\e[{n}b");

    /// <summary>One line: text, SGR, and what edits it in place.</summary>
    public static readonly Gen<string> Line =
        Gen.Frequency<string>((8, Word), (4, Sgr), (4, Editing), (1, Charset), (1, Repeat)).Array[1, 30].Select(string.Concat);

    /// <summary>A few lines, and moves between them.</summary>
    public static readonly Gen<string> Screen =
        Gen.Frequency<string>((6, Word), (2, SimpleSgr), (2, Editing), (4, Vertical)).Array[1, 40].Select(string.Concat);

    private static readonly Gen<string> Narrow = Gen.OneOf("a", "bc", "def ", "x-y", "é", "漢字", "│", "1234567890", "e\u0301", "lorem ipsum dolor sit amet ");

    // A cursor that is saved, and restored after the screen has scrolled, is a row of the scrolled text there, and of the screen elsewhere.
    private static readonly Gen<string> Saved =
        Gen.Select(Gen.OneOf("\e7{0}\e8", "\e[?1048h{0}\e[?1048l"), Gen.OneOf("\e[3;2Hx", "\e[H", "\e(0\e[1m", "\e[A\e[2K"))
            .Select((frame, inside) => string.Format(System.Globalization.CultureInfo.InvariantCulture, frame, inside));

    private static readonly Gen<string> Region = Gen.OneOf(
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 9]).Select((top, bottom) => $"\e[{top};{bottom}r"),
        Gen.OneOf("\e[r", "\e[2r", "\e[?6h\e[2;3Hxy\e[9;1Hz\e[?6l"),
        Gen.OneOf("S", "T", "L", "M").Select(Gen.Int[-1, 4]).Select((final, n) => $"\e[{(n < 0 ? "" : n)}{final}"));

    // The reference fails (TypeError) when it erases above from the last cell of its last row.
    private static readonly Gen<string> Erasure = Gen.OneOf("\e[J", "\e[2;4H\e[1J", "\e[2J", "\e[H\e[J", "\e[0J", "\e[?J", "\e[?K", "\e[?1K", "\e[?2J", "\e[K", "\e[2K", "\e[1K");

    // Half of a wide character stays behind in the reference when the last column is written over.
    private static readonly Gen<string> Modes = Gen.OneOf(
        "\r\e[2K\e[?7labcdefghijklmnopqrstuvwxyz 123\r\e[?7h", "\r\e[2K\e[?7l\e[99Gxyz\bv\e[?7h", "\e[4h", "\e[4l", "\e[?1049h", "\e[?47l\e[?1049h\e[Hfull\e[?1049l", "\e[?1047h", "\e[?1047l", "\e[?47h", "\e[?47l", "\v", "\f", "\eH", "\e[g", "\e[3g", "\r\e[I",
        "\e[!p");

    private static readonly Gen<string> SmallEditing =
        Gen.OneOf("G", "C", "D", "P", "@", "X", "Z").Select(Gen.Int[-1, 30]).Select((final, n) => $"\e[{(n < 0 ? "" : n)}{final}");

    /// <summary>A window in which lines wrap and scroll soon.</summary>
    public static readonly Gen<TerminalSize> SmallSize = Gen.Select(Gen.Int[10, 30], Gen.Int[2, 9]).Select((columns, rows) => new TerminalSize(columns, rows));

    /// <summary>Everything that moves text and cursor on a screen.</summary>
    public static readonly Gen<string> Anything = Gen.Frequency<string>(
            (8, Narrow), (1, SimpleSgr), (2, SmallEditing), (4, Moves), (1, Saved), (2, Region), (1, Erasure), (1, Modes), (1, Gen.OneOf("\r", "\b", "\n")))
        .Array[1, 60].Select(string.Concat);

    /// <summary>Lines of any length in order, beside a footer that a scroll region keeps in place.</summary>
    public static readonly Gen<string> Log = Gen.Frequency<string>((8, Narrow), (4, Gen.OneOf("\n", "\r\n")), (1, SimpleSgr), (1, Gen.Const("\n\n")))
        .Array[1, 80].Select(string.Concat);

    private static Gen<string> Sequence(Gen<string> codes) => codes.Array[1, 3].Select(all => $"\e[{string.Join(';', all)}m");

    public static byte[] Bytes(string output) => Encoding.UTF8.GetBytes(output);
}
