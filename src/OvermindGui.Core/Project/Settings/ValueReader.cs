using System.Globalization;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Project.Settings;

/// <summary>A node and its key path for messages: <c>web.ready.tcp</c>.</summary>
internal readonly record struct Field(Node Node, string Path);

/// <summary>Converts nodes to the expected types. Any other type becomes a problem and null.</summary>
internal sealed class ValueReader(List<Problem> problems)
{
    /// <summary>Calls the matching reader for each key.</summary>
    public void Keys(Field map, IReadOnlyDictionary<string, Action<Field>> readers)
    {
        foreach (var (key, value) in Entries(map))
            if (readers.TryGetValue(key.Value, out var read)) read(value);
            else
                AddError(
                    key.Place,
                    $"{Prefix(map.Path)}unknown key \"{key.Excerpt}\"{Suggestion.For(key.Value, readers.Keys)}; expected {AnyOf(readers.Keys)}");
    }

    /// <summary>The entries of a map; empty for null.</summary>
    public IEnumerable<(TextNode Key, Field Value)> Entries(Field map)
    {
        if (map.Node is MapNode { Entries: var entries })
            return entries.Select(e => (e.Key, new Field(e.Value, map.Path.Length == 0 ? e.Key.Excerpt : $"{map.Path}.{e.Key.Excerpt}")));
        if (!map.Node.IsNull) Expected("a map", map);
        return [];
    }

    public string? Text(Field field)
    {
        if (field.Node is TextNode { IsText: true, Value: var text } && !string.IsNullOrWhiteSpace(text)) return text;
        Expected(field.Node is TextNode { IsText: false, IsNull: false } ? "a text; put it into quotes" : "a text", field);
        return null;
    }

    public bool? Flag(Field field)
    {
        if (field.Node is TextNode { Flag: { } flag }) return flag;
        Expected("true or false", field);
        return null;
    }

    public TimeSpan? Duration(Field field)
    {
        if (field.Node is TextNode text && Durations.Parse(text.Value) is { } duration) return duration;
        Expected(Durations.Accepted, field);
        return null;
    }

    public T? Word<T>(Field field, IReadOnlyDictionary<string, T> words) where T : struct
    {
        if (field.Node is TextNode text && words.TryGetValue(text.Value, out var value)) return value;
        Expected(AnyOf(words.Keys), field);
        return null;
    }

    public int? Number(Field field, int least, int most)
    {
        if (field.Node is TextNode { IsNumber: true } text
            && int.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Expected($"a whole number from {least} to {most}", field);
        return null;
    }

    /// <summary>The items of a list; a value alone counts as a list of one.</summary>
    public static IEnumerable<Field> Items(Field field) => field.Node switch
    {
        ListNode list => list.Items.Select(item => new Field(item, field.Path)),
        _ => [field],
    };

    /// <summary>A problem with which the processes can run, but probably not as intended.</summary>
    public void Warn(SourceLocation place, string message) => problems.Add(new Problem(place, ProblemSeverity.Warning, message));

    public void Expected(string expected, Field field) =>
        AddError(field.Node.Place, $"{Prefix(field.Path)}expected {expected}, found {field.Node.Described}");

    public void AddError(SourceLocation place, string message) => problems.Add(new Problem(place, ProblemSeverity.Error, message));

    /// <summary><c>a, b or c</c>.</summary>
    public static string AnyOf(IEnumerable<string> words)
    {
        var all = words.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.SkipLast(1))} or {all[^1]}";
    }

    private static string Prefix(string path) => path.Length == 0 ? "" : $"{path}: ";
}
