using System.Globalization;
using System.Text;

namespace OvermindGui.Web.Components.Errors;

/// <summary>Draws counts as bars, scaled to the largest.</summary>
internal static class ErrorChart
{
    private const double Width = 96, Height = 20, Gap = 1, LeastHeight = 2;

    /// <summary>The path of the bars in a box of 96 × 20; a count above zero is always visible.</summary>
    public static string PathOf(IReadOnlyList<long> counts)
    {
        var (path, most, width) = (new StringBuilder(), Math.Max(1, counts.Count == 0 ? 0 : counts.Max()), Width / Math.Max(1, counts.Count));
        for (var i = 0; i < counts.Count; i++)
        {
            var height = counts[i] == 0 ? 1 : Math.Max(LeastHeight, Height * counts[i] / most);
            path.Append(CultureInfo.InvariantCulture, $"M{i * width:0.##} {Height - height:0.##}h{width - Gap:0.##}v{height:0.##}h-{width - Gap:0.##}z");
        }

        return path.ToString();
    }
}
