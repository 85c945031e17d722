namespace OvermindGui.Core.Levels;

/// <summary>Some of the levels. The default is all of them.</summary>
public readonly record struct LevelSet
{
    private readonly byte _hidden; // one bit a level: all are shown unless they are named

    private LevelSet(byte hidden) => _hidden = hidden;

    /// <summary>All levels.</summary>
    public static LevelSet All => default;

    /// <summary>Whether all levels are included.</summary>
    public bool IsAll => _hidden == 0;

    /// <summary>Only these levels; an empty list selects all.</summary>
    public static LevelSet Only(params IEnumerable<LineLevel> levels)
    {
        var shown = levels.Aggregate(0, (bits, level) => bits | (1 << (int)level));
        return shown == 0 ? All : new LevelSet((byte)(~shown & Everything));
    }

    /// <summary>Parses words such as <c>error,warn</c>; unknown words are ignored.</summary>
    public static LevelSet Parse(string? words) =>
        Only((words ?? "").Split(',').Select(LineLevels.Parse).OfType<LineLevel>());

    /// <summary>The words that <see cref="TryParse"/> accepts.</summary>
    public const string Accepted = "one or more of error, warn, info, debug, none, with commas between";

    /// <summary>Like <see cref="Parse"/>, but returns the first unknown word.</summary>
    public static bool TryParse(string? words, out LevelSet levels, out string unknown)
    {
        unknown = (words ?? "").Split(',').FirstOrDefault(word => !string.IsNullOrWhiteSpace(word) && LineLevels.Parse(word) is null) ?? "";
        levels = Parse(words);
        return unknown.Length == 0;
    }

    /// <summary>Whether lines of a level are shown.</summary>
    public bool Shows(LineLevel level) => (_hidden & (1 << (int)level)) == 0;

    /// <summary>Adds the level, or removes it if it is selected by name; removing the last one selects all.</summary>
    public LevelSet Toggle(LineLevel level) =>
        IsAll ? Only(level) : Only(Shows(level) ? Shown().Where(l => l != level) : Shown().Append(level));

    /// <summary>The levels, most severe first.</summary>
    public IEnumerable<LineLevel> Shown()
    {
        foreach (var level in LineLevels.All)
            if (Shows(level)) yield return level;
    }

    /// <summary>The words for <see cref="Parse"/>; null for all.</summary>
    public string? ToText() => IsAll ? null : string.Join(',', Shown().Select(level => level.ToText()));

    private static int Everything => LineLevels.All.Aggregate(0, (bits, level) => bits | (1 << (int)level));
}
