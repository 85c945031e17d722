using System.CommandLine;

namespace OvermindGui.Completion;

/// <summary>
/// <c>complete</c>: prints the candidates at the cursor, one per line, with a tab before the description. The scripts of <c>completion</c>
/// call it.
/// </summary>
internal static class CompleteCommand
{
    /// <param name="parse">Parses a typed command line; returns null for an unknown verb.</param>
    public static Command Create(RootCommand root, Func<string[], ParseResult?> parse)
    {
        var command = new Command("complete", "Print the completions at the cursor") { Hidden = true };
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

    // Shells pass the text as typed, before expansion.
    private static string AtHome(string word) => word.StartsWith("~/", StringComparison.Ordinal)
        ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + word[1..]
        : word;
}
