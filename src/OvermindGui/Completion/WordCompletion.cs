using System.CommandLine;
using System.CommandLine.Completions;
using OvermindGui.Options;

namespace OvermindGui.Completion;

/// <summary>
/// Determines what a word completes from the words before it. <see cref="ParseResult.GetCompletions"/> is not suitable: it treats a partial
/// value as complete, and splits the command line by rules that differ from a shell's.
/// </summary>
internal sealed class WordCompletion(RootCommand root, Func<string[], ParseResult?> parse)
{
    private const string OnlyArguments = "--";

    /// <param name="typed">All words up to the cursor; the last one may be empty.</param>
    public IEnumerable<CompletionItem> At(string[] typed)
    {
        if (typed is not [.. var before, var word] || parse(before) is not { } known) return [];
        var context = (parse(typed) ?? known).GetCompletionContext();
        var command = known.CommandResult.Command;
        if (before.Contains(OnlyArguments)) return Fitting(ArgumentValues(known, context), word);
        if (word is ['-', ..] && word.IndexOf('=') is > 0 and var sign) return Attached(before, word[..sign], word[(sign + 1)..]);
        if (word is ['-', ..]) return Fitting(OptionNames(before.Length == 0 ? [root, command] : [command]), word);
        if (before is [.., var previous] && command.Options.FirstOrDefault(o => TakesValue(o, previous)) is { } option)
            return Fitting(option.CompletionSources.SelectMany(source => source(context)), word);
        var verbs = Fitting(Verbs(before.Length == 0 ? root : command), word);
        return verbs.Count > 0 && before.Length == 0 ? verbs : [.. verbs, .. Fitting(ArgumentValues(known, context), word).Except(Items(before))];
    }

    // "--on-failure=re" is the same as two words.
    private IEnumerable<CompletionItem> Attached(string[] before, string option, string value) =>
        parse(before)!.CommandResult.Command.Options.Any(o => TakesValue(o, option))
            ? At([.. before, option, value]).Select(i => Places.IsPlace(i) ? i : new CompletionItem($"{option}={i.Label}", documentation: i.Documentation))
            : [];

    private static bool TakesValue(Option option, string name) =>
        option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0 && (option.Name == name || option.Aliases.Contains(name));

    private static IEnumerable<CompletionItem> Verbs(Command command) =>
        command.Subcommands.Where(c => !c.Hidden).Select(c => new CompletionItem(c.Name, documentation: c.Description));

    // Only the usual ones of the many names of --help.
    private static IEnumerable<CompletionItem> OptionNames(IEnumerable<Command> commands) =>
        from option in commands.SelectMany(c => c.Options.Concat(c.Parents.OfType<Command>().SelectMany(p => p.Options.Where(o => o.Recursive))))
        where !option.Hidden
        from name in option.Aliases.Prepend(option.Name)
        where name is ['-', not '?', ..]
        select new CompletionItem(name, documentation: option.Description);

    private static IEnumerable<CompletionItem> ArgumentValues(ParseResult known, CompletionContext context) => known.CommandResult.Command.Arguments
        .FirstOrDefault(a => (known.GetResult(a)?.Tokens.Count ?? 0) < a.Arity.MaximumNumberOfValues)?
        .CompletionSources.SelectMany(source => source(context)) ?? [];

    private static List<CompletionItem> Fitting(IEnumerable<CompletionItem> items, string word) =>
        [.. items.Where(i => Places.IsPlace(i) || i.Label.StartsWith(word, StringComparison.Ordinal)).DistinctBy(i => i.Label)];

    private static IEnumerable<CompletionItem> Items(IEnumerable<string> labels) => labels.Select(l => new CompletionItem(l));
}
