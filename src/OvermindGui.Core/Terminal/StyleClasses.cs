using System.Globalization;
using System.Text;

namespace OvermindGui.Core.Terminal;

/// <summary>
/// A style as a list of CSS classes: <c>bold f1 b4</c>. <c>f</c> and <c>b</c> are palette indices of foreground and background; 24-bit
/// colours, the underline's colour and links have no class and are stored separately.
/// </summary>
public static class StyleClasses
{
    private static readonly (TextAttributes Flag, string Name)[] Names =
    [
        (TextAttributes.Bold, "bold"),
        (TextAttributes.Faint, "faint"),
        (TextAttributes.Italic, "italic"),
        (TextAttributes.Underline, "underline"),
        (TextAttributes.Blink, "blink"),
        (TextAttributes.Inverse, "inverse"),
        (TextAttributes.Conceal, "conceal"),
        (TextAttributes.Strike, "strike"),
        (TextAttributes.Overline, "overline"),
        (TextAttributes.DoubleUnderline, "double"),
        (TextAttributes.CurlyUnderline, "curly"),
        (TextAttributes.DottedUnderline, "dotted"),
        (TextAttributes.DashedUnderline, "dashed"),
    ];

    public static void Append(StringBuilder target, TextStyle style)
    {
        var start = target.Length;
        if (style.Flags != TextAttributes.None)
            foreach (var (flag, name) in Names)
                if (style.Has(flag)) Separate(target, start).Append(name);
        if (style.Foreground.Index is { } foreground) Separate(target, start).Append('f').Append(foreground);
        if (style.Background.Index is { } background) Separate(target, start).Append('b').Append(background);
    }

    public static TextStyle Parse(string? classes)
    {
        var style = TextStyle.Default;
        foreach (var range in classes.AsSpan().Split(' '))
        {
            var name = classes.AsSpan(range);
            if (name.Length > 1 && byte.TryParse(name[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                style = name[0] == 'f'
                    ? style with { Foreground = TerminalColor.Palette(index) }
                    : style with { Background = TerminalColor.Palette(index) };
            else
                foreach (var (flag, known) in Names)
                    if (name.SequenceEqual(known)) style = style with { Flags = style.Flags | flag };
        }

        return style;
    }

    private static StringBuilder Separate(StringBuilder target, int start) => target.Length > start ? target.Append(' ') : target;
}
