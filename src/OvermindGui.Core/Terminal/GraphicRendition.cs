namespace OvermindGui.Core.Terminal;

/// <summary>Applies "Select Graphic Rendition" sequences (<c>CSI … m</c>) to a style.</summary>
public static class GraphicRendition
{
    public static TextStyle Apply(in TextStyle before, ReadOnlySpan<SequenceParameter> parameters)
    {
        var style = before;
        if (parameters.Length == 1 && parameters[0].OrZero is not (38 or 48 or 58) and var only) return ApplyCode(style, only); // by far most
        while (!parameters.IsEmpty)
        {
            var code = parameters[0].OrZero;
            var subs = CountSubParameters(parameters);
            var used = 1 + subs;
            switch (code)
            {
                case 38 or 48 or 58:
                    var (color, taken, known) = subs > 0
                        ? ReadColonColor(parameters.Slice(1, subs))
                        : ReadColor(parameters[1..]);
                    if (color is { } c) style = With(style, code, c);
                    if (!known) return style; // an unknown mode makes the rest ambiguous
                    if (subs == 0) used += taken;
                    break;
                case 4 when subs > 0: // 4:0 is off, 4:1 to 4:5 are kinds of underline
                    style = Underline(style, parameters[1].OrZero);
                    break;
                default:
                    style = ApplyCode(style, code);
                    break;
            }

            parameters = parameters[Math.Min(used, parameters.Length)..];
        }

        return style;
    }

    private static TextStyle ApplyCode(TextStyle style, int code) => code switch
    {
        0 => TextStyle.Default with { Link = style.Link }, // a link is not part of the rendition: only OSC 8 ends it
        1 => Set(style, TextAttributes.Bold, true),
        2 => Set(style, TextAttributes.Faint, true),
        3 => Set(style, TextAttributes.Italic, true),
        4 => Underline(style, 1),
        21 => Underline(style, 2),
        5 or 6 => Set(style, TextAttributes.Blink, true),
        7 => Set(style, TextAttributes.Inverse, true),
        8 => Set(style, TextAttributes.Conceal, true),
        9 => Set(style, TextAttributes.Strike, true),
        22 => Set(style, TextAttributes.Bold | TextAttributes.Faint, false),
        23 => Set(style, TextAttributes.Italic, false),
        24 => Underline(style, 0),
        25 => Set(style, TextAttributes.Blink, false),
        27 => Set(style, TextAttributes.Inverse, false),
        28 => Set(style, TextAttributes.Conceal, false),
        29 => Set(style, TextAttributes.Strike, false),
        >= 30 and <= 37 => style with { Foreground = TerminalColor.Palette((byte)(code - 30)) },
        39 => style with { Foreground = TerminalColor.Default },
        >= 40 and <= 47 => style with { Background = TerminalColor.Palette((byte)(code - 40)) },
        49 => style with { Background = TerminalColor.Default },
        53 => Set(style, TextAttributes.Overline, true),
        55 => Set(style, TextAttributes.Overline, false),
        59 => style with { UnderlineColor = TerminalColor.Default },
        >= 90 and <= 97 => style with { Foreground = TerminalColor.Palette((byte)(code - 90 + 8)) },
        >= 100 and <= 107 => style with { Background = TerminalColor.Palette((byte)(code - 100 + 8)) },
        221 => Set(style, TextAttributes.Bold, false),
        222 => Set(style, TextAttributes.Faint, false),
        _ => style,
    };

    // "38;5;n" and "38;2;r;g;b": the parameters after the 38.
    private static (TerminalColor? Color, int Taken, bool Known) ReadColor(ReadOnlySpan<SequenceParameter> rest) => rest switch
    {
        [{ Value: 5 }, var n, ..] => (PaletteColor(n), 2, true),
        [{ Value: 2 }, var r, var g, var b, ..] => (RgbColor(r, g, b), 4, true),
        _ => (null, 0, false),
    };

    // "38:5:n", "38:2:r:g:b" and "38:2:colour space:r:g:b", optionally followed by a tolerance.
    private static (TerminalColor? Color, int Taken, bool Known) ReadColonColor(ReadOnlySpan<SequenceParameter> subs) => subs switch
    {
        [{ Value: 5 }, var n, ..] => (PaletteColor(n), subs.Length, true),
        [{ Value: 2 }, var r, var g, var b] => (RgbColor(r, g, b), subs.Length, true),
        [{ Value: 2 }, _, var r, var g, var b, ..] => (RgbColor(r, g, b), subs.Length, true),
        _ => (null, subs.Length, true), // colons say where this colour ends, so the rest keeps its meaning
    };

    private static TerminalColor? PaletteColor(SequenceParameter n) =>
        n.OrZero <= 255 ? TerminalColor.Palette((byte)n.OrZero) : null;

    private static TerminalColor? RgbColor(SequenceParameter r, SequenceParameter g, SequenceParameter b) =>
        r.OrZero <= 255 && g.OrZero <= 255 && b.OrZero <= 255
            ? TerminalColor.Rgb((byte)r.OrZero, (byte)g.OrZero, (byte)b.OrZero)
            : null;

    private static TextStyle With(TextStyle style, int code, TerminalColor color) => code switch
    {
        38 => style with { Foreground = color },
        48 => style with { Background = color },
        _ => style with { UnderlineColor = color.Resolved() },
    };

    // The number after "4:"; one that is not known is an underline all the same.
    private static TextStyle Underline(TextStyle style, int kind) => Set(Set(style, TextAttributes.AnyUnderline, false), kind switch
    {
        0 => TextAttributes.None,
        2 => TextAttributes.Underline | TextAttributes.DoubleUnderline,
        3 => TextAttributes.Underline | TextAttributes.CurlyUnderline,
        4 => TextAttributes.Underline | TextAttributes.DottedUnderline,
        5 => TextAttributes.Underline | TextAttributes.DashedUnderline,
        _ => TextAttributes.Underline,
    }, true);

    private static TextStyle Set(TextStyle style, TextAttributes flags, bool on) =>
        style with { Flags = on ? style.Flags | flags : style.Flags & ~flags };

    private static int CountSubParameters(ReadOnlySpan<SequenceParameter> parameters)
    {
        var count = 1;
        while (count < parameters.Length && parameters[count].IsSub) count++;
        return count - 1;
    }
}
