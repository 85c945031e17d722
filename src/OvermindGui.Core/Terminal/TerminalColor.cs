using System.Globalization;

namespace OvermindGui.Core.Terminal;

/// <summary>A colour as a terminal names it: the theme's default, one of 256 palette entries, or 24-bit RGB.</summary>
public readonly record struct TerminalColor
{
    private const uint PaletteTag = 1u << 24;
    private const uint RgbTag = 2u << 24;
    private readonly uint _value;

    private TerminalColor(uint value) => _value = value;

    public static TerminalColor Default => default;

    /// <summary>Palette entry 0 to 255: 0-15 are the theme's, 16-231 the 6×6×6 cube, 232-255 greys.</summary>
    public static TerminalColor Palette(byte index) => new(PaletteTag | index);

    public static TerminalColor Rgb(byte red, byte green, byte blue) => new(RgbTag | ((uint)red << 16) | ((uint)green << 8) | blue);

    public bool IsDefault => _value == 0;

    /// <summary>The palette index, or null when this is no palette colour.</summary>
    public byte? Index => (_value & PaletteTag) != 0 ? (byte)_value : null;

    /// <summary><c>#rrggbb</c>, or null when this is no RGB colour.</summary>
    public string? Hex => (_value & RgbTag) != 0 ? "#" + (_value & 0xFFFFFF).ToString("x6", CultureInfo.InvariantCulture) : null;

    /// <summary>Palette entries 16 to 255, the same in every theme, as RGB; any other colour as it is.</summary>
    public TerminalColor Resolved() => Index switch
    {
        null or < 16 => this,
        { } grey and >= 232 => Grey((byte)(8 + 10 * (grey - 232))),
        { } cube => Rgb(Level((cube - 16) / 36), Level((cube - 16) / 6 % 6), Level((cube - 16) % 6)),
    };

    private static TerminalColor Grey(byte level) => Rgb(level, level, level);

    private static byte Level(int step) => (byte)(step == 0 ? 0 : 55 + 40 * step);

    /// <summary>The reverse of <see cref="Hex"/>; null when the text is not <c>#rrggbb</c>.</summary>
    public static TerminalColor? ParseHex(string? text) =>
        text is ['#', ..] and { Length: 7 }
        && uint.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb)
            ? new TerminalColor(RgbTag | rgb)
            : null;
}
