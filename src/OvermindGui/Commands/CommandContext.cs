using System.Collections;
using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Environments;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Launching;
using OvermindGui.Invocation;

namespace OvermindGui.Commands;

/// <summary>The folder and variables of a one-off command.</summary>
internal sealed record CommandContext(string WorkingDirectory, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The project's folder, with the variables of the environment files and the first port.</summary>
    public static CommandContext OfProject(ProjectFolder folder, PlanOptions options)
    {
        var home = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);
        var variables = ProjectEnvironment.Load(folder.Root, home, System.Environment.GetEnvironmentVariable, options.Env, options.EnvLayers);
        var (settings, problems) = PlanSettings.Resolve(folder, options, variables);
        Refuse([.. variables.Problems, .. problems]);
        var changes = variables.Variables.ToDictionary(v => v.Key, string? (v) => v.Value.Value);
        foreach (var own in ChildEnvironment.OwnVariables) changes[own] = null;
        if (settings.HasPorts) changes["PORT"] = settings.Ports.Base.ToString(CultureInfo.InvariantCulture);
        return new CommandContext(folder.Root, Inherited(changes));
    }

    /// <summary>The folder and variables of a process. The name of an entry with several instances means the first one.</summary>
    public static CommandContext OfProcess(ProjectFolder folder, PlanOptions options, string name)
    {
        var plan = RecordedPlan.Load(folder, options);
        return Find(plan, name) is { } process
            ? OfProcess(plan, process)
            : throw new CommandFailure($"Error: {UnknownProcessText.Of(name, plan.Processes.Select(p => p.Name))}");
    }

    /// <summary>The process with this name, or the first instance of an entry; null when there is none.</summary>
    public static PlannedProcess? Find(ProjectPlan plan, string name) =>
        plan.Processes.FirstOrDefault(p => p.Name == name) ?? plan.Processes.FirstOrDefault(p => p.Entry == name);

    /// <summary>The folder and variables of the process.</summary>
    public static CommandContext OfProcess(ProjectPlan plan, PlannedProcess process)
    {
        Refuse(plan.Problems);
        var changes = ChildEnvironment.From(
            System.Environment.GetEnvironmentVariable, process.Environment.ToDictionary(v => v.Key, v => v.Value.Value));
        return Directory.Exists(process.WorkingDirectory)
            ? new CommandContext(process.WorkingDirectory, Inherited(changes.OnTerminal))
            : throw new CommandFailure($"Error: {process.Name} runs in {process.WorkingDirectory}, and there is no such folder; create it");
    }

    private static void Refuse(IEnumerable<Problem> problems)
    {
        var errors = problems.Where(p => p.Severity == ProblemSeverity.Error).Select(p => $"Error: {FailureTable.Visible(p.ToString())}").ToList();
        if (errors.Count > 0) throw new CommandFailure(string.Join('\n', errors));
    }

    private static Dictionary<string, string> Inherited(IEnumerable<KeyValuePair<string, string?>> changes)
    {
        var all = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(v => (string)v.Key, v => (string)v.Value!);
        foreach (var (name, value) in changes)
            if (value is null) all.Remove(name);
            else all[name] = value;
        return all;
    }
}
