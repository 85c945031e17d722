using OvermindGui.Core.Levels;

namespace OvermindGui.Core.Tests.Levels;

public class LevelSetTests
{
    [Fact]
    public void All_levels_are_shown_until_some_are_named()
    {
        Assert.All(LineLevels.All, level => Assert.True(LevelSet.All.Shows(level)));
        Assert.Null(LevelSet.All.ToText());
        Assert.Equal("error,warn", LevelSet.Parse("warn,Error").ToText());
        Assert.False(LevelSet.Parse("error").Shows(LineLevel.None));
    }

    [Fact]
    public void Words_that_are_no_levels_are_named()
    {
        Assert.False(LevelSet.TryParse("error,loud", out _, out var unknown));
        Assert.Equal("loud", unknown);
        Assert.True(LevelSet.TryParse("", out var all, out _));
        Assert.True(all.IsAll);
    }

    [Fact]
    public void A_level_is_added_and_taken_away_again()
    {
        var errors = LevelSet.All.Toggle(LineLevel.Error);
        Assert.Equal("error", errors.ToText());
        Assert.Equal("error,warn", errors.Toggle(LineLevel.Warn).ToText());
        Assert.True(errors.Toggle(LineLevel.Error).IsAll);
    }
}
