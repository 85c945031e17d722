using System.Globalization;

namespace OvermindGui.Web.Tests.Theme;

/// <summary>A colour of a style sheet, in linear light.</summary>
internal readonly record struct CssColor(double Red, double Green, double Blue)
{
    /// <summary>WCAG 2.2, "relative luminance".</summary>
    public double Luminance => (0.2126 * Red) + (0.7152 * Green) + (0.0722 * Blue);

    public static CssColor Parse(string css)
    {
        var hex = css.Trim().TrimStart('#');
        if (hex.Length == 3) hex = string.Concat(hex.Select(c => new string(c, 2)));
        return new CssColor(Channel(hex, 0), Channel(hex, 2), Channel(hex, 4));
    }

    /// <summary>WCAG 2.2, "contrast ratio": 1 to 21.</summary>
    public double ContrastWith(CssColor other)
    {
        var (lighter, darker) = (Math.Max(Luminance, other.Luminance), Math.Min(Luminance, other.Luminance));
        return (lighter + 0.05) / (darker + 0.05);
    }

    /// <summary>What <c>oklch(from … clamp(minimum, l, maximum) c h)</c> makes of it (CSS Color 4, 10.2), cut to sRGB as browsers do.</summary>
    public CssColor WithLightness(double minimum, double maximum)
    {
        var l = Math.Cbrt((0.4122214708 * Red) + (0.5363325363 * Green) + (0.0514459929 * Blue));
        var m = Math.Cbrt((0.2119034982 * Red) + (0.6806995451 * Green) + (0.1073969566 * Blue));
        var s = Math.Cbrt((0.0883024619 * Red) + (0.2817188376 * Green) + (0.6299787005 * Blue));
        var lightness = (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s);
        var a = (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s);
        var b = (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s);
        return FromOklab(Math.Clamp(lightness, minimum, maximum), a, b);
    }

    private static CssColor FromOklab(double lightness, double a, double b)
    {
        var l = Math.Pow(lightness + (0.3963377774 * a) + (0.2158037573 * b), 3);
        var m = Math.Pow(lightness - (0.1055613458 * a) - (0.0638541728 * b), 3);
        var s = Math.Pow(lightness - (0.0894841775 * a) - (1.2914855480 * b), 3);
        return new CssColor(
            Math.Clamp((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s), 0, 1),
            Math.Clamp((-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s), 0, 1),
            Math.Clamp((-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s), 0, 1));
    }

    private static double Channel(string hex, int at)
    {
        var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
