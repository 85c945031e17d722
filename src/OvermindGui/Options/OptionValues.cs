using System.CommandLine.Parsing;

namespace OvermindGui.Options;

/// <summary>Reads values within validators, which also see those that cannot be read.</summary>
internal static class OptionValues
{
    /// <summary>The value; its default when it cannot be read, which its parser reports.</summary>
    public static T? Valid<T>(this OptionResult result)
    {
        try
        {
            return result.GetValueOrDefault<T>();
        }
        catch (InvalidOperationException)
        {
            return default; // how System.CommandLine answers for a value that its parser refuses
        }
    }
}
