using System.Runtime.InteropServices;

namespace OvermindGui.Core.Terminal;

/// <summary>
/// The text of a row: a part of a string, which the rows of a wrapped line share, so that a long line is copied once. The runs count from the
/// start of the row.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RowText(string Source, int Start, int Length, StyleRun[] Runs)
{
    public static RowText Empty { get; } = new("", 0, 0, []);

    public static RowText Of(in StyledLine line) => new(line.Text, 0, line.Text.Length, line.Runs);

    /// <summary>A stretch of a line.</summary>
    public static RowText Of(in StyledLine line, int start, int length) =>
        new(line.Text, start, length, line.Runs.Length == 0 ? [] : RunsWithin(line.Runs, start, length));

    public ReadOnlySpan<char> Span => Source.AsSpan(Start, Length);

    public StyledLine ToLine() => new(Length == Source.Length ? Source : Source.Substring(Start, Length), Runs);

    /// <summary>Appends this many blanks.</summary>
    public RowText PadRight(int blanks) => Of(Join([this, Of(StyledLine.Plain(new string(' ', blanks)))]));

    /// <summary>True when the other one continues this one in the same string, without styles.</summary>
    public bool IsContinuedBy(in RowText next) =>
        ReferenceEquals(Source, next.Source) && Start + Length == next.Start && Runs.Length == 0 && next.Runs.Length == 0;

    /// <summary>Joins the parts of a line, in order.</summary>
    public static StyledLine Join(ReadOnlySpan<RowText> parts)
    {
        var (source, length, isWhole, isPlain) = (parts[0].Source, 0, true, true);
        foreach (ref readonly var part in parts)
        {
            isWhole &= ReferenceEquals(part.Source, source) && part.Start == length;
            isPlain &= part.Runs.Length == 0;
            length += part.Length;
        }

        var text = isWhole && length == source.Length ? source : string.Create(length, parts, Copy);
        return new StyledLine(text, isPlain ? [] : JoinRuns(parts));
    }

    private static void Copy(Span<char> text, ReadOnlySpan<RowText> parts)
    {
        foreach (ref readonly var part in parts)
        {
            part.Span.CopyTo(text);
            text = text[part.Length..];
        }
    }

    private static StyleRun[] RunsWithin(StyleRun[] runs, int start, int length)
    {
        var within = new List<StyleRun>();
        foreach (ref readonly var run in runs.AsSpan())
        {
            var (first, end) = (Math.Max(run.Start, start), Math.Min(run.End, start + length));
            if (first < end) within.Add(new StyleRun(first - start, end - first, run.Style));
        }

        return within is [{ Style.IsDefault: true }] ? [] : [.. within];
    }

    private static StyleRun[] JoinRuns(ReadOnlySpan<RowText> parts)
    {
        var runs = new List<StyleRun>();
        var start = 0;
        foreach (ref readonly var part in parts)
        {
            if (part.Length > 0 && part.Runs.Length == 0) Append(runs, new StyleRun(start, part.Length, TextStyle.Default));
            foreach (ref readonly var run in part.Runs.AsSpan()) Append(runs, run with { Start = start + run.Start });
            start += part.Length;
        }

        return runs is [{ Style.IsDefault: true }] ? [] : [.. runs];
    }

    private static void Append(List<StyleRun> runs, StyleRun run)
    {
        if (runs.Count > 0 && runs[^1].Style == run.Style) runs[^1] = runs[^1] with { Length = runs[^1].Length + run.Length };
        else runs.Add(run);
    }
}
