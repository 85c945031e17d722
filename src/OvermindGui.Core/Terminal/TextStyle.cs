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

    /// <summary>Kinds of underline: at most one is set, and only together with <see cref="Underline"/>.</summary>
    DoubleUnderline = 1 << 9,
    CurlyUnderline = 1 << 10,
    DottedUnderline = 1 << 11,
    DashedUnderline = 1 << 12,

    AnyUnderline = Underline | DoubleUnderline | CurlyUnderline | DottedUnderline | DashedUnderline,
}

/// <summary>The style of a character, from SGR sequences (ECMA-48 8.3.117) and hyperlinks (OSC 8).</summary>
public readonly record struct TextStyle(TextAttributes Flags, TerminalColor Foreground, TerminalColor Background)
{
    public static TextStyle Default => default;

    public bool IsDefault => Flags == TextAttributes.None && Foreground.IsDefault && Background.IsDefault && UnderlineColor.IsDefault && Link is null;

    /// <summary>The underline's own colour (SGR 58); the default is that of the text.</summary>
    public TerminalColor UnderlineColor { get; init; }

    /// <summary>Target of a hyperlink that <see cref="Hyperlink"/> accepted; null for none.</summary>
    public string? Link { get; init; }

    // Written by hand for speed: floods of coloured lines compare styles several times per change, and links are rare.
    public bool Equals(TextStyle other) =>
        Flags == other.Flags && Foreground == other.Foreground && Background == other.Background && UnderlineColor == other.UnderlineColor
        && (ReferenceEquals(Link, other.Link) || Link == other.Link);

    public override int GetHashCode() =>
        (((int)Flags * 31 + Foreground.GetHashCode()) * 31 + Background.GetHashCode()) * 31 + UnderlineColor.GetHashCode() + (Link?.Length ?? 0);

    public bool Has(TextAttributes flags) => (Flags & flags) != TextAttributes.None;
}

/// <summary>A stretch of characters (UTF-16 code units) with one style.</summary>
public readonly record struct StyleRun(int Start, int Length, TextStyle Style)
{
    public int End => Start + Length;
}

/// <summary>
/// A finished line: plain text and its style runs. The runs cover the whole text in order, including parts in the default style; a line
/// entirely in the default style has none. Each line is self-contained: its runs include styles that earlier lines set.
/// </summary>
public readonly record struct StyledLine(string Text, StyleRun[] Runs)
{
    public static StyledLine Plain(string text) => new(text, []);

    /// <summary>The line as displayed: each tab replaced by blanks up to the next stop, counted from the start of the line.</summary>
    public StyledLine WithoutTabs() => LineCells.WithoutTabs(this);
}
