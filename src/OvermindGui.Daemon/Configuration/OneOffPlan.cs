using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Environments;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Daemon.Configuration;

/// <summary>Plans a program that is to run once, beside the processes of the Procfile.</summary>
internal static class OneOffPlan
{
    public const string Group = "one-off";

    /// <summary>Null when it cannot be planned, with the reason.</summary>
    public static PlannedProcess? Of(string name, OneOffCommand command, ProjectPlan plan, ProjectFolder folder, PlanOptions options, out string problem)
    {
        problem = "";
        var like = command.ProcessEnv is { } wanted ? plan.Processes.FirstOrDefault(p => p.Name == wanted || p.Entry == wanted) : null;
        if (like is null && command.ProcessEnv is { } unknown)
        {
            problem = UnknownProcessText.Of(unknown, plan.Processes.Select(p => p.Name));
            return null;
        }

        return new PlannedProcess
        {
            Name = name,
            Entry = name,
            Line = 0,
            // The shell only executes it: in single quotes nothing has a meaning.
            Command = "exec " + string.Join(' ', command.Argv.Select(Quoted)),
            WorkingDirectory = command.Cwd ?? like?.WorkingDirectory ?? folder.Root,
            Environment = like?.Environment ?? ProjectVariables(folder, options),
            OneShot = true,
            OneOff = command.Keep ? OneOff.Kept : OneOff.Forgotten,
            Group = Group,
        };
    }

    private static IReadOnlyDictionary<string, PlannedVariable> ProjectVariables(ProjectFolder folder, PlanOptions options) => ProjectEnvironment.Load(
        folder.Root, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Environment.GetEnvironmentVariable, options.Env, options.EnvLayers).Variables;

    private static string Quoted(string word) => $"'{word.Replace("'", """'\''""", StringComparison.Ordinal)}'";
}
