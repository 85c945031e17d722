using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OvermindGui.Core.Project.Settings;

/// <summary>Where a value of a YAML document stands in its text, so that it can be replaced and the rest stays as it is.</summary>
/// <param name="Start">Index of its first character.</param>
/// <param name="End">Index after its last character; without comments and line ends behind it.</param>
/// <param name="Line">1-based line of its start.</param>
/// <param name="Column">1-based column of its start; of a block list, that of its dashes.</param>
/// <param name="IsFlow">Written in brackets or braces.</param>
internal sealed record YamlSpan(int Start, int End, int Line, int Column, bool IsFlow)
{
    /// <summary>Of a list.</summary>
    public IReadOnlyList<YamlSpan>? Items { get; private init; }

    /// <summary>Of a map, in the order of the text.</summary>
    public IReadOnlyList<YamlEntry>? Entries { get; private init; }

    /// <summary>The entry of a map with this key; null when there is none, or when this is no map.</summary>
    public YamlEntry? Find(string key) => Entries?.FirstOrDefault(entry => entry.Name == key);

    /// <summary>The root of a document; null for an empty one.</summary>
    /// <exception cref="YamlException">It is not YAML.</exception>
    public static YamlSpan? Read(string text)
    {
        var events = new Parser(new Scanner(new StringReader(text), skipComments: true));
        events.Consume<StreamStart>();
        if (events.Accept<StreamEnd>(out _)) return null;
        events.Consume<DocumentStart>();
        return ReadNode(events, text);
    }

    private static YamlSpan ReadNode(Parser events, string text)
    {
        if (events.TryConsume<SequenceStart>(out var list))
        {
            var items = new List<YamlSpan>();
            while (!events.Accept<SequenceEnd>(out _)) items.Add(ReadNode(events, text));
            var end = events.Consume<SequenceEnd>();
            return At(list, list.Style == SequenceStyle.Flow, list.Style == SequenceStyle.Flow || items.Count == 0 ? (int)end.Start.Index + 1 : items[^1].End) with { Items = items };
        }

        if (events.TryConsume<MappingStart>(out var map))
        {
            var entries = new List<YamlEntry>();
            while (!events.Accept<MappingEnd>(out _))
            {
                var name = events.Current is Scalar key ? key.Value : "";
                entries.Add(new YamlEntry(name, ReadNode(events, text), ReadNode(events, text)));
            }

            var end = events.Consume<MappingEnd>();
            return At(map, map.Style == MappingStyle.Flow, map.Style == MappingStyle.Flow || entries.Count == 0 ? (int)end.Start.Index + 1 : entries[^1].End) with { Entries = entries };
        }

        var leaf = events.Consume<ParsingEvent>();
        var last = (int)leaf.End.Index;
        while (last > leaf.Start.Index && char.IsWhiteSpace(text[last - 1])) last--; // a text in several lines ends with the last of them
        return At(leaf, isFlow: true, last);
    }

    private static YamlSpan At(ParsingEvent node, bool isFlow, int end) => new((int)node.Start.Index, end, (int)node.Start.Line, (int)node.Start.Column, isFlow);
}

/// <summary>A key of a map with its value.</summary>
internal sealed record YamlEntry(string Name, YamlSpan Key, YamlSpan Value)
{
    /// <summary>Index after its last character; a value that is missing counts as part of its key.</summary>
    public int End => Math.Max(Key.End, Value.Start == Value.End ? Key.End : Value.End);
}
