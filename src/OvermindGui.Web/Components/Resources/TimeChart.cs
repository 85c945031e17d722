using System.Globalization;
using System.Text;

namespace OvermindGui.Web.Components.Resources;

/// <summary>Places values on a chart of 600 by 120 units whose time runs from left to right. A gap in the samples is a gap in the curve.</summary>
/// <param name="From">Unix seconds.</param>
/// <param name="Until">Unix seconds.</param>
/// <param name="Top">The value at the upper edge.</param>
public sealed record TimeChart(double From, double Until, double Top)
{
    public const int Width = 600, Height = 120;

    /// <summary>A point of a curve.</summary>
    /// <param name="At">Unix seconds.</param>
    /// <param name="Span">Length of the sample in seconds.</param>
    public readonly record struct Point(double At, double Span, double Value, long Run);

    public double X(double at) => Math.Clamp((at - From) / Math.Max(1, Until - From), 0, 1) * Width;

    /// <summary>Unix seconds at a part of the width, from 0 to 1.</summary>
    public double At(double part) => From + Math.Clamp(part, 0, 1) * (Until - From);

    /// <summary>The data of an SVG path.</summary>
    public string Path(IReadOnlyList<Point> points)
    {
        var path = new StringBuilder();
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            var isNew = i == 0 || point.Run != points[i - 1].Run || point.At - points[i - 1].At > 2.5 * Math.Max(point.Span, points[i - 1].Span);
            // One sample alone is as wide as its span.
            var isAlone = isNew && (i + 1 == points.Count || points[i + 1].Run != point.Run || points[i + 1].At - point.At > 2.5 * Math.Max(point.Span, points[i + 1].Span));
            if (isAlone) path.Append(CultureInfo.InvariantCulture, $"M{X(point.At - point.Span):0.#} {Y(point.Value):0.#}");
            path.Append(CultureInfo.InvariantCulture, $"{(isNew && !isAlone ? 'M' : 'L')}{X(point.At):0.#} {Y(point.Value):0.#}");
        }

        return path.ToString();
    }

    /// <summary>A round number that is at least as large: 1, 2 or 5 times a power of ten, or of two for bytes.</summary>
    public static double RoundUp(double value, bool isBytes)
    {
        var step = isBytes ? 1024.0 * 1024 : 1.0;
        while (true)
        {
            foreach (var times in isBytes ? [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] : new[] { 1, 2, 5 })
                if (times * step >= value) return times * step;
            step *= isBytes ? 1024 : 10;
        }
    }

    private double Y(double value) => Height - 2 - Math.Clamp(value / Top, 0, 1) * (Height - 6);
}
