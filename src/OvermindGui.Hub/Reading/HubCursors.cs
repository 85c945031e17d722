using System.Globalization;

namespace OvermindGui.Hub.Reading;

/// <summary>
/// How far the lines of each project have been read. Times would not do: a machine that was away for an hour ships its lines late.
/// </summary>
public sealed record HubCursors(IReadOnlyDictionary<int, long> Lines)
{
    /// <summary>As text: <c>3:1200,4:55</c>, or <c>-</c> for none.</summary>
    public override string ToString() => Lines.Count == 0 ? "-"
        : string.Join(',', Lines.OrderBy(c => c.Key).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key}:{c.Value}")));

    /// <summary>The reverse of <see cref="ToString"/>; null for anything else.</summary>
    public static HubCursors? Parse(string text)
    {
        var lines = new Dictionary<int, long>();
        if (text == "-") return new HubCursors(lines);
        foreach (var part in text.Split(','))
        {
            if (part.Split(':') is not [var project, var line]
                || !int.TryParse(project, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || !long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return null;
            lines[number] = id;
        }

        return new HubCursors(lines);
    }
}
