namespace OvermindGui.Testing;

/// <summary>How much a test does: <c>./run test long</c> sets OVERMIND_GUI_LONG for more than a change has to pass each time.</summary>
public static class LongRun
{
    private static readonly bool IsAsked = Environment.GetEnvironmentVariable("OVERMIND_GUI_LONG") == "1";

    /// <summary>The first number as a rule, the second one in a long run.</summary>
    public static int Choose(int usual, int longer) => IsAsked ? longer : usual;
}
