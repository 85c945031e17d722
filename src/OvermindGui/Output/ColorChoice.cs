using OvermindGui.Hosting;

namespace OvermindGui.Output;

/// <summary>Whether to print colours: the options first, then <c>NO_COLOR</c> (no-color.org), then whether a terminal shows them.</summary>
internal static class ColorChoice
{
    public static bool Of(bool color, bool noColor) =>
        color || !noColor && !InvocationContext.NoColor && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
}
