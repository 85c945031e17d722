using System.CommandLine.Parsing;

namespace OvermindGui.Options;

/// <summary>An option that a command does not know counts as one of its names to the parser.</summary>
internal static class OptionValidators
{
    public static void RefuseUnknown(ArgumentResult result)
    {
        foreach (var token in result.Tokens)
            if (token.Value is ['-', ..]) result.AddError($"Unknown option: {token.Value}");
    }
}
