namespace OvermindGui.Web.Components.Resources;

/// <summary>What a chart shows.</summary>
/// <param name="Peaks">The highest measurement of each sample.</param>
public sealed record ChartCurve(
    string Label, Func<double, string> Format, TimeChart Axis, IReadOnlyList<TimeChart.Point> Points, IReadOnlyList<TimeChart.Point> Peaks);

/// <summary>Something that happened.</summary>
/// <param name="At">Unix seconds.</param>
/// <param name="Kind">start, exit or failure.</param>
public sealed record ChartMark(double At, string Kind, string Text);
