namespace OvermindGui.Web.Live;

/// <summary>
/// The parts by which the long names of a project differ. Names that only differ in their middle would look the same when their beginning
/// and their end are all that is shown: such a name keeps the part that the others do not have.
/// </summary>
public sealed class DistinctNames
{
    /// <summary>No names.</summary>
    public static readonly DistinctNames None = new([]);

    private const int LongestPart = 10;

    private readonly Dictionary<string, Range> _parts = [];

    public DistinctNames(IEnumerable<string> names)
    {
        foreach (var alike in names.Distinct().Where(n => n.Length > ShortName.Length).GroupBy(ShortName.Of).Where(g => g.Skip(1).Any()))
        {
            var (before, behind) = Shared([.. alike]);
            foreach (var name in alike) _parts[name] = PartOf(name, before, behind);
        }
    }

    /// <summary>Where its part is; null when its beginning and its end are enough.</summary>
    public Range? PartOf(string name) => _parts.TryGetValue(name, out var part) ? part : null;

    /// <summary>The name in at most <see cref="ShortName.Length"/> characters.</summary>
    public string ShortOf(string name)
    {
        if (PartOf(name) is not { } range) return ShortName.Of(name);
        var (start, length) = range.GetOffsetAndLength(name.Length);
        var isEnd = start + length == name.Length;
        var room = ShortName.Length - length - (isEnd ? 1 : 2);
        var beginning = isEnd ? room : room - (room / 3);
        return string.Concat(name.AsSpan(0, beginning), "…", name.AsSpan(start, length), isEnd ? "" : string.Concat("…", name.AsSpan(name.Length - (room - beginning))));
    }

    // How many characters at the beginning and at the end all of them have.
    private static (int Before, int Behind) Shared(string[] names)
    {
        var least = names.Min(n => n.Length);
        var before = 0;
        while (before < least && names.All(n => n[before] == names[0][before])) before++;
        var behind = 0;
        while (behind < least - before && names.All(n => n[^(behind + 1)] == names[0][^(behind + 1)])) behind++;
        return (before, behind);
    }

    // A part of a word says less than the word.
    private static Range PartOf(string name, int before, int behind)
    {
        var (start, end) = (before, name.Length - behind);
        while (start > 0 && end - start < LongestPart && char.IsLetterOrDigit(name[start - 1])) start--;
        while (end < name.Length && end - start < LongestPart && char.IsLetterOrDigit(name[end])) end++;
        return start..Math.Min(end, start + LongestPart);
    }
}
