using System.CommandLine.Completions;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Storage;

namespace OvermindGui.Options;

/// <summary>Completes names of the project's processes in the forms that commands accept.</summary>
internal static class ProcessWords
{
    public static IEnumerable<CompletionItem> Names(CompletionContext context) => Of(context).Select(Item);

    /// <summary>Separated by commas.</summary>
    public static IEnumerable<CompletionItem> NameList(CompletionContext context) => List(context, Of(context));

    /// <summary>As in <c>web=3</c>, one per word.</summary>
    public static IEnumerable<CompletionItem> Counts(CompletionContext context) => Entries(context).Select(n => Item($"{n}="));

    /// <summary>As in <c>web=2,worker=0</c>.</summary>
    public static IEnumerable<CompletionItem> CountList(CompletionContext context) => List(context, Entries(context).Append(Formation.All).Select(n => $"{n}="));

    /// <summary>As in <c>web=INT,QUIT</c>.</summary>
    public static IEnumerable<CompletionItem> SignalList(CompletionContext context)
    {
        var element = context.WordToComplete[KeptLength(context.WordToComplete)..];
        var name = element[..(element.IndexOf('=') + 1)];
        var signals = Enum.GetValues<StopSignal>().Select(s => name + StopSignals.ToText(s));
        return List(context, name.Length > 0 ? signals : signals.Concat(Entries(context).Select(n => $"{n}=")));
    }

    private static IEnumerable<CompletionItem> List(CompletionContext context, IEnumerable<string> elements)
    {
        var kept = context.WordToComplete[..KeptLength(context.WordToComplete)];
        return elements.Select(e => Item(kept + e));
    }

    private static int KeptLength(string word) => word.LastIndexOf(',') + 1;

    private static CompletionItem Item(string label) => new(label);

    private static IEnumerable<string> Entries(CompletionContext context) => Of(context).Where(name => !name.Contains('#')).Distinct();

    // The daemon knows more than the files, such as added instances or the chosen Procfile. Read errors are not printed, because they would
    // appear in the middle of the command line.
    private static List<string> Of(CompletionContext context)
    {
        try
        {
            var folder = new ProjectFolder(FolderArguments.Nearest(context.ParseResult));
            return DaemonLock.IsHeld(folder)
                ? [.. new SystemReader(OvermindDatabase.In(folder)).Read().Processes.Select(p => p.Name)]
                : [.. RecordedPlan.Load(folder, new PlanOptions { Procfile = PlanFlags.ProcfileIn(context.ParseResult) }).Processes.Select(p => p.Name)];
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return [];
        }
    }
}
