using OvermindGui.Core.Contracts;
using OvermindGui.Core.Registry;

namespace OvermindGui.Web.Components.Projects;

/// <summary>What the page says of a project.</summary>
internal static class ProjectWords
{
    /// <summary>How it is, in a few words: <c>3 of 4 running, 1 failed</c>.</summary>
    public static string Of(ProjectReport project) => project switch
    {
        { State: ProjectReport.UnreadableState } => "cannot be read",
        { IsRunning: false } => "stopped",
        { Failed: > 0 } => $"{Running(project)}, {project.Failed} failed",
        _ => Running(project),
    };

    /// <summary>The colour of its mark, as a class.</summary>
    public static string ClassOf(ProjectReport project) => project switch
    {
        { State: ProjectReport.UnreadableState } or { IsRunning: true, Failed: > 0 } => "bad",
        { IsRunning: true } => "good",
        _ => "off",
    };

    /// <summary>The moment of its start or end.</summary>
    public static DateTimeOffset? Since(ProjectReport project) => project.Since is { } since ? UnixTime.FromSeconds(since) : null;

    private static string Running(ProjectReport project) => $"{project.Running} of {project.Processes} running";
}
