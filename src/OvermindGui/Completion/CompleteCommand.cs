using System.CommandLine;

namespace OvermindGui.Completion;

/// <summary>
/// <c>complete</c>: what may stand where the cursor is, a line each, with a tab before its description. The scripts of <c>completion</c> ask it.
/// </summary>
internal static class CompleteCommand
{
    /// <param name="parse">A command line as a person types it; null where its verb is none of ours.</param>
    public static Command Create(RootCommand root, Func<string[], ParseResult?> parse)
    {
        var command = new Command("complete", "Tell what may stand where the cursor is") { Hidden = true };
        var typed = new Argument<string[]>("word")
        {
            Description = "The words up to the cursor; the last one is what was typed of the one that is completed",
            Arity = ArgumentArity.ZeroOrMore,
        };
        command.Add(typed);
        command.SetAction(words =>
        {
            var completion = new WordCompletion(root, parse);
            foreach (var item in completion.At([.. (words.GetValue(typed) ?? []).Select(AtHome)]))
                Console.WriteLine(item.Documentation is { } text ? $"{item.Label}\t{text}" : item.Label);
        });
        return command;
    }

    // Shells hand on what was typed, before they expand it.
    private static string AtHome(string word) => word.StartsWith("~/", StringComparison.Ordinal)
        ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + word[1..]
        : word;
}
