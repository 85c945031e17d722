using System.CommandLine;
using System.Globalization;
using OvermindGui.Core.Alerts;
using OvermindGui.Core.Application;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Project.Settings;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary>
/// <c>alerts</c>: lists the alerts of the settings file, adds, changes and removes them, which needs no daemon; asks the daemon to test or mute one; and
/// lists what has fired.
/// </summary>
internal static class AlertsCommand
{
    private const int ShownHits = 50;

    public static Command Create()
    {
        var command = new Command("alerts", "List the alerts of the settings file")
        {
            CreateAdd(),
            CreateChange(),
            CreateRemove(),
            CreateTest(),
            CreateMute(),
            CreateHits(),
        };
        var json = new Option<bool>("--json") { Description = "One JSON object per alert" };
        var folder = new FolderArguments();
        command.Add(json);
        folder.AddTo(command, withPath: false);
        command.SetFailableAction(words =>
        {
            var project = folder.Folder(words);
            List(new AlertsFile(project, TimeProvider.System).ReadAll(), new AlertHistory(OvermindDatabase.In(project)).Muted(DateTimeOffset.UtcNow), words.GetValue(json));
            return Task.FromResult(0);
        });
        return command;
    }

    private static Command CreateAdd()
    {
        var command = new Command("add", "Add an alert to the settings file");
        var alert = Alert();
        command.Add(alert);
        return WithFile(command, async (file, words) =>
        {
            var rule = AlertsFile.Parse(words.GetRequiredValue(alert));
            await file.AddAsync(AlertDraft.Of(rule), CancellationToken.None);
            return $"Added the alert {rule.Name}";
        });
    }

    private static Command CreateChange()
    {
        var command = new Command("change", "Change an alert of the settings file, whose comments stay");
        var (name, alert) = (Name(), Alert());
        command.Add(name);
        command.Add(alert);
        return WithFile(command, async (file, words) =>
        {
            var rule = AlertsFile.Parse(words.GetRequiredValue(alert));
            await file.ChangeAsync(Find(file, words.GetRequiredValue(name)), AlertDraft.Of(rule), CancellationToken.None);
            return $"Changed the alert {rule.Name}";
        });
    }

    private static Command CreateRemove()
    {
        var command = new Command("remove", "Remove an alert from the settings file");
        var name = Name();
        command.Add(name);
        return WithFile(command, async (file, words) =>
        {
            await file.RemoveAsync(Find(file, words.GetRequiredValue(name)), CancellationToken.None);
            return $"Removed the alert {words.GetRequiredValue(name)}";
        });
    }

    private static Command CreateTest()
    {
        var command = new Command("test", "Carry out the actions of an alert once, except those that restart or stop processes");
        var name = Name();
        command.Add(name);
        return Asking(command, name, (project, words) => AlertRequest.TestAsync(project, words.GetRequiredValue(name), CancellationToken.None));
    }

    private static Command CreateMute()
    {
        var command = new Command("mute", "Mute an alert");
        var name = Name();
        var minutes = new Option<int>("--minutes") { Description = "For how long; 0 ends it", HelpName = "n", DefaultValueFactory = _ => 60 };
        minutes.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && !(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= AlertRequest.MostMinutes))
                result.AddError($"--minutes {value}: expected a whole number from 0 to {AlertRequest.MostMinutes}");
        });
        command.Add(name);
        command.Add(minutes);
        return Asking(command, name, (project, words) => AlertRequest.MuteAsync(project, words.GetRequiredValue(name), words.GetValue(minutes), CancellationToken.None));
    }

    private static Command CreateHits()
    {
        var command = new Command("hits", $"List the newest {ShownHits} times that an alert fired, oldest first");
        var name = Name();
        name.Arity = ArgumentArity.ZeroOrOne;
        var folder = new FolderArguments();
        command.Add(name);
        folder.AddTo(command, withPath: false);
        command.SetFailableAction(words =>
        {
            var hits = new AlertHistory(OvermindDatabase.In(folder.Folder(words))).Newest(words.GetValue(name), ShownHits);
            if (hits.Count == 0) Console.WriteLine("No alert has fired so far");
            foreach (var hit in hits.Reverse())
            {
                var time = hit.Time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
                Console.WriteLine($"{time} {VisibleText.Of(hit.Rule)}{(hit.IsTest ? " (test)" : "")}: {VisibleText.Of(hit.Message)}");
                foreach (var outcome in hit.Outcome.Split('\n', StringSplitOptions.RemoveEmptyEntries)) Console.WriteLine($"  {VisibleText.Of(outcome)}");
            }

            return Task.FromResult(0);
        });
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "Name of the alert" };

    private static Argument<string> Alert() => new("alert") { Description = "As in the settings file, in YAML or JSON: '{name: api is down, when: fails, processes: [api], actions: [mark]}'" };

    private static Command WithFile(Command command, Func<AlertsFile, ParseResult, Task<string>> work)
    {
        var folder = new FolderArguments();
        folder.AddTo(command, withPath: false);
        command.SetFailableAction(async words =>
        {
            try
            {
                Console.WriteLine(VisibleText.Of(await work(new AlertsFile(folder.Folder(words), TimeProvider.System), words)));
                return 0;
            }
            catch (AlertsFileException e)
            {
                throw new CommandFailure(string.Join('\n', e.Message.Split('\n').Select(line => $"Error: {VisibleText.Of(line)}")));
            }
        });
        return command;
    }

    private static Command Asking(Command command, Argument<string> name, Func<ProjectFolder, ParseResult, Task<CommandOutcome>> ask)
    {
        var folder = new FolderArguments();
        folder.AddTo(command, withPath: false);
        command.SetFailableAction(async words =>
        {
            var project = folder.Folder(words);
            Find(new AlertsFile(project, TimeProvider.System), words.GetRequiredValue(name));
            var outcome = await ask(project, words);
            if (!outcome.Succeeded) throw new CommandFailure($"Error: {VisibleText.Of(outcome.Message)}");
            Console.WriteLine(VisibleText.Of(outcome.Message));
            return 0;
        });
        return command;
    }

    private static AlertDraft Find(AlertsFile file, string name)
    {
        var alerts = file.ReadAll();
        return alerts.FirstOrDefault(alert => alert.Name == name) is { } found
            ? AlertDraft.Of(found)
            : throw new CommandFailure($"Error: {VisibleText.Of(AlertsFile.Unknown(name, alerts))}");
    }

    private static void List(IReadOnlyList<AlertRule> alerts, IReadOnlyDictionary<string, DateTimeOffset> muted, bool json)
    {
        if (alerts.Count == 0 && !json) Console.WriteLine($"No alerts in {ProjectSettingsFile.FileName}");
        foreach (var alert in alerts)
        {
            DateTimeOffset? until = muted.TryGetValue(alert.Name, out var at) ? at : null;
            var actions = alert.Actions.Select(action => action.Text).ToList();
            if (json)
            {
                Console.WriteLine(ApplicationJson.Write(new
                {
                    alert.Name,
                    Condition = alert.When.ToString(),
                    alert.Processes,
                    alert.Groups,
                    Actions = actions,
                    MutedUntil = until?.ToUnixTimeSeconds(),
                }));
                continue;
            }

            var scope = string.Join(", ", [.. alert.Processes, .. alert.Groups.Select(group => $"group {group}")]);
            var mute = until is { } end ? $" (muted until {end.ToLocalTime():yyyy-MM-dd HH:mm})" : "";
            Console.WriteLine(VisibleText.Of($"{alert.Name}: {(scope.Length > 0 ? $"{scope}: " : "")}{alert.When} → {string.Join(", ", actions)}{mute}"));
        }
    }
}
