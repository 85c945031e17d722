using OvermindGui.Core.Levels;

namespace OvermindGui.Web.Live;

/// <summary>How many of the newest lines there are of each level, without those that go on with another.</summary>
public sealed record LevelCounts(int Error, int Warn, int Info, int Debug, int Unnamed)
{
    public static LevelCounts None { get; } = new(0, 0, 0, 0, 0);

    public int Of(LineLevel level) => level switch
    {
        LineLevel.Error => Error,
        LineLevel.Warn => Warn,
        LineLevel.Info => Info,
        LineLevel.Debug => Debug,
        _ => Unnamed,
    };
}
