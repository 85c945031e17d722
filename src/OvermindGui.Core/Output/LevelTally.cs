using OvermindGui.Core.Levels;

namespace OvermindGui.Core.Output;

/// <summary>Numbers of lines, by level.</summary>
public readonly record struct LevelTally(long None, long Debug, long Info, long Warn, long Error)
{
    /// <summary>Of all levels.</summary>
    public long Total => None + Debug + Info + Warn + Error;

    /// <summary>Of one level.</summary>
    public long this[LineLevel level] => level switch
    {
        LineLevel.Debug => Debug,
        LineLevel.Info => Info,
        LineLevel.Warn => Warn,
        LineLevel.Error => Error,
        _ => None,
    };

    public static LevelTally operator +(LevelTally left, LevelTally right) => new(
        left.None + right.None, left.Debug + right.Debug, left.Info + right.Info, left.Warn + right.Warn, left.Error + right.Error);

    /// <summary>So many lines of one level.</summary>
    public static LevelTally Of(LineLevel level, long count) => level switch
    {
        LineLevel.Debug => new(0, count, 0, 0, 0),
        LineLevel.Info => new(0, 0, count, 0, 0),
        LineLevel.Warn => new(0, 0, 0, count, 0),
        LineLevel.Error => new(0, 0, 0, 0, count),
        _ => new(count, 0, 0, 0, 0),
    };
}
