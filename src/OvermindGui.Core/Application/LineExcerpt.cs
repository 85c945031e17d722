using System.Globalization;
using System.Text;
using OvermindGui.Core.Output;

namespace OvermindGui.Core.Application;

/// <summary>A line of output in an answer.</summary>
/// <param name="Time">Local time of day; with the date if it is not today.</param>
/// <param name="Times">Number of identical consecutive lines that it represents; null for one.</param>
public sealed record LineReport(long Id, string Time, string Process, string Text, int? Times = null)
{
    private const int LongestText = 2_000;

    internal static LineReport Of(OutputLine line, Func<string, string, string> redact, TimeProvider time)
    {
        var at = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(line.Time), time.LocalTimeZone);
        var text = redact(line.Process, line.Content.Text);
        return new LineReport(
            line.Id, at.ToString(at.Date == time.GetLocalNow().Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), line.Process,
            text.Length <= LongestText ? text : $"{text[..LongestText]}… ({text.Length} characters)");
    }

    internal int Bytes => Encoding.UTF8.GetByteCount(Text) + Process.Length + Time.Length + 12;
}

/// <summary>
/// The lines that fit into an answer: a fifth of the space for the beginning, the rest for the end, where errors usually are.
/// </summary>
/// <param name="Omitted">Lines left out between the two.</param>
/// <param name="OmittedAfter">Index in <paramref name="Lines"/> of the first line after the gap.</param>
/// <param name="Folded">Number of identical consecutive lines that were merged.</param>
internal sealed record LineExcerpt(IReadOnlyList<LineReport> Lines, long Omitted, int OmittedAfter, int Folded)
{
    private const int HeadPercent = 20;

    public static LineExcerpt Fit(IReadOnlyList<LineReport> all, int maxBytes)
    {
        var folded = Fold(all);
        var room = maxBytes - folded.Sum(line => line.Bytes);
        if (room >= 0) return new LineExcerpt(folded, 0, 0, all.Count - folded.Count);

        var (head, left) = (0, maxBytes * HeadPercent / 100);
        while (head < folded.Count && left >= folded[head].Bytes) left -= folded[head++].Bytes;
        var tail = folded.Count;
        left += maxBytes - maxBytes * HeadPercent / 100;
        while (tail > head + 1 && (left >= folded[tail - 1].Bytes || tail == folded.Count)) left -= folded[--tail].Bytes;
        var omitted = folded.Skip(head).Take(tail - head).Sum(line => line.Times ?? 1);
        IReadOnlyList<LineReport> kept = [.. folded.Take(head), .. folded.Skip(tail)];
        return new LineExcerpt(kept, omitted, head, all.Count - omitted - kept.Count);
    }

    private static List<LineReport> Fold(IReadOnlyList<LineReport> lines)
    {
        var folded = new List<LineReport>();
        foreach (var line in lines)
        {
            if (folded is [.., var last] && last.Process == line.Process && last.Text == line.Text)
                folded[^1] = line with { Times = (last.Times ?? 1) + 1 };
            else
                folded.Add(line);
        }

        return folded;
    }
}
