using System.CommandLine;
using System.Globalization;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Registry;
using OvermindGui.Core.Terminal;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>projects</c>: lists what this user has run, wherever it is.</summary>
internal static class ProjectsCommand
{
    public static Command Create()
    {
        var command = new Command("projects", "List your projects: what runs, what has failed, and where their dashboards are")
        {
            CreateForget(),
            CreatePrune(),
        };
        var json = new Option<bool>("--json") { Description = "Print the answer as JSON" };
        command.Add(json);
        command.SetFailableAction(async words =>
        {
            var projects = await ReadAsync();
            if (words.GetValue(json)) Console.WriteLine(ApplicationJson.Write(new { v = 1, projects }));
            else Print(projects);
            return 0;
        });
        return command;
    }

    private static Command CreateForget()
    {
        var command = new Command("forget", "Take projects that do not run off the list; their folders stay as they are");
        var names = new Argument<string[]>("name") { Description = "Names in the list", Arity = ArgumentArity.OneOrMore };
        names.CompletionSources.Add(_ => Known().Select(p => new System.CommandLine.Completions.CompletionItem(p.Name)));
        names.Validators.Add(OptionValidators.RefuseUnknown);
        command.Add(names);
        command.SetFailableAction(async words =>
        {
            var projects = await ReadAsync();
            foreach (var name in words.GetRequiredValue(names))
            {
                var project = projects.FirstOrDefault(p => p.Name == name)
                    ?? throw new CommandFailure($"Error: Unknown project: {VisibleText.Of(name)} (known: {(projects.Count == 0 ? "none" : string.Join(", ", projects.Select(p => p.Name)))})");
                if (project.IsRunning) throw new CommandFailure($"Error: {name} is running; stop it first: {InvocationContext.Name} quit {VisibleText.Of(project.Folder)}");
                Forget(project);
            }

            return 0;
        });
        return command;
    }

    private static Command CreatePrune()
    {
        var command = new Command("prune", "Take all projects that do not run off the list; their folders stay as they are");
        command.SetFailableAction(async _ =>
        {
            foreach (var project in (await ReadAsync()).Where(p => !p.IsRunning)) Forget(project);
            return 0;
        });
        return command;
    }

    private static UserState State() => UserState.OfThisUser()
        ?? throw new CommandFailure("Error: This user has no home folder; set XDG_STATE_HOME to the folder in which the list is kept");

    private static Task<IReadOnlyList<ProjectReport>> ReadAsync() => new ProjectsQuery(State(), TimeProvider.System).ReadAsync(CancellationToken.None);

    // While a word is being completed, errors would appear in the middle of the command line.
    private static IReadOnlyList<RegisteredProject> Known()
    {
        try
        {
            return UserState.OfThisUser() is { } state ? new ProjectRegistry(state).Read() : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static void Forget(ProjectReport project)
    {
        var registry = new ProjectRegistry(State());
        if (registry.Find(project.Name) is { } registered) registry.Remove(registered);
        Console.WriteLine($"✓ {project.Name} is no longer in the list");
    }

    private static void Print(IReadOnlyList<ProjectReport> projects)
    {
        if (projects.Count == 0)
        {
            Console.WriteLine($"No projects so far; {InvocationContext.Name} in a folder with a Procfile runs one");
            return;
        }

        var names = Math.Max(10, projects.Max(p => p.Name.Length));
        var pages = Math.Max(10, projects.Max(p => PagesOf(p).Length));
        Write("NAME", "STATE", "RUNNING", "FAILED", "SINCE", "PORTS", "DASHBOARD", "FOLDER");
        foreach (var project in projects)
        {
            Write(
                project.Name, project.State, $"{project.Running.ToString(CultureInfo.InvariantCulture)}/{project.Processes.ToString(CultureInfo.InvariantCulture)}",
                project.Failed.ToString(CultureInfo.InvariantCulture),
                project.Since is { } since ? UptimeFormatter.Of(DateTimeOffset.UtcNow - UnixTime.FromSeconds(since)) : "-",
                project.Ports.Count > 0 ? string.Join(',', project.Ports) : "-", PagesOf(project), VisibleText.Of(project.Folder));
            if (project.Problem is { } problem) Console.WriteLine($"  {VisibleText.Of(problem)}");
        }

        void Write(string name, string state, string running, string failed, string since, string ports, string page, string folder) =>
            Console.WriteLine($"{name.PadRight(names)}  {state,-10}  {running,-7}  {failed,-6}  {since,-8}  {ports,-11}  {page.PadRight(pages)}  {folder}");
    }

    private static string PagesOf(ProjectReport project) =>
        project.Dashboards.Count > 0 ? string.Join(',', project.Dashboards.Select(d => d.ToString().TrimEnd('/'))) : "-";
}
