using System.CommandLine.Parsing;

namespace OvermindGui.Options;

/// <summary>The parser treats unknown options as process names; this rejects them unless they follow <c>--</c>.</summary>
internal static class OptionValidators
{
    private static string[] _behindDashes = [];

    /// <summary>Reads the words of the command line. Those after <c>--</c> are names, even if they look like options.</summary>
    public static void AcceptBehindDashes(string[] args) =>
        _behindDashes = Array.IndexOf(args, "--") is >= 0 and var dashes ? args[(dashes + 1)..] : [];

    public static void RefuseUnknown(ArgumentResult result)
    {
        // The words after the dashes come last.
        var names = result.Tokens.Select(t => t.Value).ToList();
        var behind = names.AsEnumerable().Reverse().Zip(_behindDashes.Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        foreach (var name in names.SkipLast(behind))
            if (name is ['-', ..]) result.AddError($"Unknown option: {name}");
    }
}
