namespace OvermindGui.Core.Terminal;

/// <summary>The colours that a program gets when it asks its terminal, as X11 writes them: from them it finds out whether the terminal is dark.</summary>
public sealed record TerminalColors(string Text, string Background)
{
    /// <summary>The dark palette of the page.</summary>
    public static TerminalColors Dark { get; } = new("e2e2/e8e8/f0f0", "0f0f/1717/2a2a");

    /// <summary>The same two the other way round.</summary>
    public static TerminalColors Light { get; } = new("0f0f/1717/2a2a", "ffff/ffff/ffff");
}
