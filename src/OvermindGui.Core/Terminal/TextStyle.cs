namespace OvermindGui.Core.Terminal;

[Flags]
public enum TextAttributes : ushort
{
    None = 0,
    Bold = 1 << 0,
    Faint = 1 << 1,
    Italic = 1 << 2,
    Underline = 1 << 3,
    Blink = 1 << 4,
    Inverse = 1 << 5,
    Conceal = 1 << 6,
    Strike = 1 << 7,
    Overline = 1 << 8,
}

/// <summary>The attributes that SGR sequences set (ECMA-48 8.3.117).</summary>
public readonly record struct TextStyle(TextAttributes Flags, TerminalColor Foreground, TerminalColor Background)
{
    public static TextStyle Default => default;

    public bool Has(TextAttributes flags) => (Flags & flags) != 0;
}

/// <summary>A stretch of characters (UTF-16 code units) with one style.</summary>
public readonly record struct StyleRun(int Start, int Length, TextStyle Style)
{
    public int End => Start + Length;
}

/// <summary>
/// A finished line: plain text and its style runs. The runs cover the whole text in order, default style included; a line that is
/// all default has none. It stands alone: what was in force before it is in its runs.
/// </summary>
public readonly record struct StyledLine(string Text, StyleRun[] Runs)
{
    public static StyledLine Plain(string text) => new(text, []);
}
