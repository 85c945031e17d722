using OvermindGui.Invocation;

namespace OvermindGui.Output;

/// <summary>
/// Decides whether to print colours: options first, then <c>NO_COLOR</c> (no-color.org), then whether the output is a terminal.
/// </summary>
internal static class ColorChoice
{
    public static bool Of(bool color, bool noColor) =>
        color || !noColor && !InvocationContext.NoColor && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
}
