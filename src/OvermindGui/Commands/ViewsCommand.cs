using System.CommandLine;
using OvermindGui.Core.Application;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>views</c>: lists saved views of the dashboard, saves, renames and removes them.</summary>
internal static class ViewsCommand
{
    public static Command Create()
    {
        var command = new Command("views", "List the saved views of the dashboard: logs --view NAME prints the lines of one");
        var save = new Option<string?>("--save") { Description = "Save a view under this name, in place of one that has it", HelpName = "name" };
        var query = new Option<string?>("--query") { Description = "With --save: what follows the question mark of the page's address, such as levels=error&focus=web", HelpName = "query" };
        var rename = new Option<string?>("--rename") { Description = "Rename this view", HelpName = "name" };
        var to = new Option<string?>("--to") { Description = "With --rename: the new name", HelpName = "name" };
        var remove = new Option<string?>("--remove") { Description = "Remove this view", HelpName = "name" };
        var json = new Option<bool>("--json") { Description = "One JSON object per view" };
        var folder = new FolderArguments();
        foreach (var option in new Option[] { save, query, rename, to, remove, json }) command.Add(option);
        folder.AddTo(command, withPath: false);
        save.Validators.Add(result => RequireWith(result, query));
        query.Validators.Add(result => RequireWith(result, save));
        rename.Validators.Add(result => RequireWith(result, to));
        to.Validators.Add(result => RequireWith(result, rename));
        command.SetFailableAction(words =>
        {
            var database = OvermindDatabase.In(folder.Folder(words));
            if (!database.IsReady()) throw new CommandFailure($"Error: No output is stored in {database.Folder}");
            var views = new SavedViews(database, TimeProvider.System);
            if (words.GetValue(save) is { } name) Check(views.Save(name, words.GetValue(query)!));
            if (words.GetValue(rename) is { } old) Check(views.Rename(old, words.GetValue(to)!));
            if (words.GetValue(remove) is { } gone && !views.Remove(gone)) throw new CommandFailure($"Error: {views.Unknown(gone)}");
            if ((words.GetValue(save) ?? words.GetValue(rename) ?? words.GetValue(remove)) is null) List(views, words.GetValue(json));
            return Task.FromResult(0);
        });
        return command;
    }

    private static void RequireWith(System.CommandLine.Parsing.OptionResult result, Option other)
    {
        if (result.GetResult(other) is null) result.AddError($"{result.Option.Name}: expected together with {other.Name}");
    }

    private static void Check(string? problem)
    {
        if (problem is not null) throw new CommandFailure($"Error: {problem}");
    }

    private static void List(SavedViews views, bool json)
    {
        var found = views.Read();
        if (found.Count == 0 && !json) Console.WriteLine("No saved views");
        foreach (var view in found)
            Console.WriteLine(json ? ApplicationJson.Write(new { view.Name, view.Query }) : $"{VisibleText.Of(view.Name),-24} ?{VisibleText.Of(view.Query)}");
    }
}
