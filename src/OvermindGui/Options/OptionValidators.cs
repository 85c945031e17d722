using System.CommandLine.Parsing;

namespace OvermindGui.Options;

/// <summary>An option that a command does not know counts as one of its names to the parser; behind <c>--</c> it is one.</summary>
internal static class OptionValidators
{
    private static string[] _behindDashes = [];

    /// <summary>Takes up the words of the command line. Those behind <c>--</c> are names, whatever they begin with.</summary>
    public static void AcceptBehindDashes(string[] args) =>
        _behindDashes = Array.IndexOf(args, "--") is >= 0 and var dashes ? args[(dashes + 1)..] : [];

    public static void RefuseUnknown(ArgumentResult result)
    {
        // What stands behind the dashes comes last.
        var names = result.Tokens.Select(t => t.Value).ToList();
        var behind = names.AsEnumerable().Reverse().Zip(_behindDashes.Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        foreach (var name in names.SkipLast(behind))
            if (name is ['-', ..]) result.AddError($"Unknown option: {name}");
    }
}
