using System.CommandLine;
using System.Globalization;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Application;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>bookmarks</c>: lists starred lines, oldest first, stars lines and removes stars.</summary>
internal static class BookmarksCommand
{
    public static Command Create()
    {
        var command = new Command("bookmarks", "List the starred lines, oldest first");
        var add = new Option<long?>("--add") { Description = "Star the line of this id, as logs --json and the page's links show it", HelpName = "line" };
        var note = new Option<string?>("--note") { Description = "With --add: what to remember about it", HelpName = "text" };
        var remove = new Option<long?>("--remove") { Description = "Remove the star of this line", HelpName = "line" };
        var json = new Option<bool>("--json") { Description = "One JSON object per star" };
        var folder = new FolderArguments();
        foreach (var option in new Option[] { add, note, remove, json }) command.Add(option);
        folder.AddTo(command, withPath: false);
        command.SetFailableAction(words =>
        {
            var database = OvermindDatabase.In(folder.Folder(words));
            if (!database.IsReady()) throw new CommandFailure($"Error: No output is stored in {database.Folder}");
            var stars = new Bookmarks(database, TimeProvider.System);
            try
            {
                if (words.GetValue(add) is { } line && stars.Add(line, words.GetValue(note) ?? "") is { } problem) throw new CommandFailure($"Error: {problem}");
                if (words.GetValue(remove) is { } gone && !stars.Remove(gone)) throw new CommandFailure($"Error: Line {gone} has no star");
                if ((words.GetValue(add) ?? words.GetValue(remove)) is null) List(stars, words.GetValue(json));
            }
            catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
            {
                throw new CommandFailure($"Error: {database.Folder.Database} cannot be read: {e.Message}");
            }

            return Task.FromResult(0);
        });
        return command;
    }

    private static void List(Bookmarks stars, bool json)
    {
        var found = stars.Read().Reverse().ToList();
        if (found.Count == 0 && !json) Console.WriteLine("No starred lines");
        foreach (var star in found)
        {
            if (json)
            {
                Console.WriteLine(ApplicationJson.Write(new
                {
                    LineId = star.Line,
                    star.Process,
                    Time = LineTime.TextOf(star.Time.ToUnixTimeMilliseconds()),
                    star.Note,
                    star.Text,
                }));
                continue;
            }

            Console.WriteLine(
                $"{star.Line,8} {star.Time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} {VisibleText.Of(star.Process),-15} {VisibleText.Of(star.Note)}".TrimEnd());
            Console.WriteLine($"  {(star.Text is { } text ? VisibleText.Of(text) : "(no longer stored)")}");
        }
    }
}
