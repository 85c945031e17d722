using System.Globalization;

namespace OvermindGui.Core.Terminal;

/// <summary>An underline's colour as text: <c>#rrggbb</c>, or <c>a0</c> to <c>a15</c> for the theme's. No classes: it is rare.</summary>
internal static class UnderlineColor
{
    /// <summary>Null for the default, which is the colour of the text.</summary>
    public static string? Text(TerminalColor color) => color.Resolved() switch
    {
        { Hex: { } hex } => hex,
        { Index: { } index } => "a" + index.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    public static TerminalColor Parse(string text) =>
        text is ['a', ..] && byte.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < 16
            ? TerminalColor.Palette(index)
            : TerminalColor.ParseHex(text) ?? TerminalColor.Default;
}
