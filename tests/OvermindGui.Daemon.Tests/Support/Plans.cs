using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Daemon.Tests.Support;

internal static class Plans
{
    /// <summary>A process without anything that a Procfile does not say.</summary>
    public static PlannedProcess Of(string name, string command, string folder) => new()
    {
        Name = name,
        Entry = name,
        Line = 1,
        Command = command,
        WorkingDirectory = folder,
        Environment = new Dictionary<string, PlannedVariable>(),
    };
}
