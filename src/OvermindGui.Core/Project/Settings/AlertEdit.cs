namespace OvermindGui.Core.Project.Settings;

/// <summary>
/// Changes one alert in the text of a settings file. Comments, order and form of everything else stay as they are; of a changed alert, only
/// the values that differ are written again.
/// </summary>
/// <param name="text">The whole file.</param>
/// <param name="root">Its spans; null for an empty file.</param>
internal sealed class AlertEdit(string text, YamlSpan? root)
{
    private const string Key = "alerts";

    private readonly string _lineEnd = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    /// <summary>The spans of the alerts; null when the file has another form.</summary>
    private YamlSpan? List => root?.Find(Key)?.Value is { Items: not null } list ? list : null;

    /// <summary>Adds an alert behind the others. Null when the file has a form in which that cannot be done.</summary>
    public string? Add(AlertDraft draft)
    {
        var written = draft.Yaml.Where(value => value.Value is not null).ToList();
        if (List is { IsFlow: true } or { Items.Count: 0 })
            return Flow([.. List.Items!.Select(item => text[item.Start..item.End]), FlowItem(draft)]);
        if (List is { } list)
            return text.Insert(LineEnd(list.End), string.Concat(BlockItem(written, list.Column - 1).Select(line => _lineEnd + line)));
        if (root?.Find(Key) is { } empty)
            return empty.Value.Start != empty.Value.End ? null // something else, which is reported
                : text.Insert(LineEnd(empty.Key.End), string.Concat(BlockItem(written, 2).Select(line => _lineEnd + line)));
        if (root is { Entries: null } or { IsFlow: true, Entries.Count: > 0 }) return null;
        var begin = text.Length == 0 || text.EndsWith('\n') ? text : text + _lineEnd;
        if (begin.Length > 0) begin += _lineEnd;
        return begin + string.Concat(BlockItem(written, 2).Prepend(Key + ":").Select(line => line + _lineEnd));
    }

    /// <summary>Changes the alert at a line. Null as above.</summary>
    public string? Change(int line, AlertDraft former, AlertDraft draft)
    {
        if (Item(line) is not { Entries: { Count: > 0 } entries } item) return null;
        if (item.IsFlow) return string.Concat(text.AsSpan(0, item.Start), FlowItem(draft), text.AsSpan(item.End));
        var result = text;
        var changed = former.Yaml.Zip(draft.Yaml).Where(pair => pair.First.Value != pair.Second.Value).Select(pair => pair.Second).ToList();
        // New keys first, then the others from the end: the spans before a change stay valid.
        var added = changed.Where(value => value.Value is not null && item.Find(value.Key) is null).ToList();
        result = result.Insert(LineEnd(item.End), string.Concat(added.Select(value => $"{_lineEnd}{new string(' ', item.Column - 1)}{value.Key}: {value.Value}")));
        foreach (var entry in entries.Reverse())
        {
            if (changed.FindIndex(value => value.Key == entry.Name) is not (>= 0 and var index)) continue;
            result = changed[index].Value is { } value
                ? string.Concat(result.AsSpan(0, entry.Key.End), $": {value}", result.AsSpan(Behind(entry)))
                : Without(result, entries, entry);
        }

        return result;
    }

    /// <summary>Removes the alert at a line. Null as above.</summary>
    public string? Remove(int line)
    {
        if (List is not { } list || Item(line) is not { } item) return null;
        var left = list.Items!.Where(other => other != item).ToList();
        if (list.IsFlow || left.Count == 0) return Flow([.. left.Select(other => text[other.Start..other.End])]);
        var begin = LineStart(item.Start);
        while (begin > 0 && !IsDash(begin, list.Column - 1)) begin = LineStart(begin - 1);
        var end = LineEnd(item.End);
        return text.Remove(begin, Math.Min(text.Length, end + (end < text.Length ? _lineEnd.Length : 0)) - begin);
    }

    private YamlSpan? Item(int line) => List?.Items!.FirstOrDefault(item => item.Line == line);

    private bool IsDash(int lineStart, int column) => lineStart + column < text.Length && text[lineStart + column] == '-' && string.IsNullOrWhiteSpace(text[lineStart..(lineStart + column)]);

    private string Flow(IReadOnlyList<string> items)
    {
        var list = root!.Find(Key)!;
        return string.Concat(text.AsSpan(0, list.Key.End), $": [{string.Join(", ", items)}]", text.AsSpan(list.Value.End));
    }

    private static string FlowItem(AlertDraft draft) => $"{{{string.Join(", ", draft.Yaml.Where(value => value.Value is not null).Select(value => $"{value.Key}: {value.Value}"))}}}";

    private static IEnumerable<string> BlockItem(IReadOnlyList<(string Key, string? Value)> written, int indentation) =>
        written.Select((value, i) => $"{new string(' ', indentation)}{(i == 0 ? "- " : "  ")}{value.Key}: {value.Value}");

    // The first key of an item shares its line with the dash.
    private string Without(string current, IReadOnlyList<YamlEntry> entries, YamlEntry entry)
    {
        if (entry == entries[0] && entries.Count > 1) return current.Remove(entry.Key.Start, entries[1].Key.Start - entry.Key.Start);
        var begin = LineStart(entry.Key.Start);
        return current.Remove(begin, LineEnd(entry.End) + _lineEnd.Length - begin);
    }

    private int Behind(YamlEntry entry) => entry.Value.Start == entry.Value.End ? text.IndexOf(':', entry.Key.End) + 1 : entry.Value.End;

    private int LineStart(int index) => index == 0 ? 0 : text.LastIndexOf('\n', index - 1) + 1;

    // Before the line end, behind a comment.
    private int LineEnd(int index) => text.IndexOf(_lineEnd, Math.Max(0, index), StringComparison.Ordinal) is >= 0 and var end ? end : text.Length;
}
