using OvermindGui.Core.Project;

namespace OvermindGui.Core.Control;

/// <summary>Starts a daemon in the background.</summary>
/// <param name="options">Options of <c>daemon</c> to start it with.</param>
public sealed class DaemonLauncher(SelfExecutable executable, params IReadOnlyList<string> options)
{
    /// <summary>Marks a program that was started in the background.</summary>
    public const string DetachedOption = "--detached";

    /// <summary>The single line that such a program prints once it serves; then it detaches from the terminal.</summary>
    public const string ReadyLine = "ready";

    /// <summary>Names the only processes that it starts at first, with commas between them.</summary>
    public const string StartOption = "--start";

    /// <summary>Says who asked for these starts.</summary>
    public const string RequesterOption = "--requested-by";

    public IReadOnlyList<string> Options => options;

    /// <summary>
    /// Whether it is for another project than the one this process was started for: then it gets none of our variables, and is not started when others could have
    /// written its commands.
    /// </summary>
    public bool IsForOther { get; init; }

    /// <summary>Returns null when the daemon serves, otherwise its error messages.</summary>
    public Task<string?> StartAsync(ProjectFolder folder, CancellationToken cancellationToken) => StartAsync(folder, FirstStart.OfAll, cancellationToken);

    /// <summary>The same, with the processes that it starts at first.</summary>
    public async Task<string?> StartAsync(ProjectFolder folder, FirstStart first, CancellationToken cancellationToken)
    {
        if (IsForOther && FolderTrust.FindProblem(folder) is { } problem) return problem;
        var (ready, failure) = await BackgroundStart.RunAsync(
            executable, ["daemon", DetachedOption, "--working-dir", folder.Root, "--data", folder.Data, .. options, .. first.Arguments], folder.Root, IsForOther, cancellationToken);
        return ready is not null ? null : failure.Length > 0 ? failure : $"The daemon does not serve; see {folder.DaemonLog}";
    }
}
