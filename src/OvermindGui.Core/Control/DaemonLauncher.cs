using System.Diagnostics;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Control;

/// <summary>Starts a daemon in the background.</summary>
/// <param name="options">Options of <c>daemon</c> to start it with.</param>
public sealed class DaemonLauncher(SelfExecutable executable, params IReadOnlyList<string> options)
{
    /// <summary>Marks a daemon that was started in the background.</summary>
    public const string DetachedOption = "--detached";

    /// <summary>The single line that a detached daemon prints once it serves; then it detaches from the terminal.</summary>
    public const string ReadyLine = "ready";

    /// <summary>Names the only processes that it starts at first, with commas between them.</summary>
    public const string StartOption = "--start";

    /// <summary>Says who asked for these starts.</summary>
    public const string RequesterOption = "--requested-by";

    public IReadOnlyList<string> Options => options;

    /// <summary>Returns null when the daemon serves, otherwise its error messages.</summary>
    public Task<string?> StartAsync(ProjectFolder folder, CancellationToken cancellationToken) => StartAsync(folder, FirstStart.OfAll, cancellationToken);

    /// <summary>The same, with the processes that it starts at first.</summary>
    public async Task<string?> StartAsync(ProjectFolder folder, FirstStart first, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            executable.File, [.. executable.Prefix, "daemon", DetachedOption, "--working-dir", folder.Root, "--data", folder.Data, .. options, .. first.Arguments])
        {
            WorkingDirectory = folder.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var daemon = Process.Start(start)!;
        daemon.StandardInput.Close();
        var errors = daemon.StandardError.ReadToEndAsync(cancellationToken);
        while (await daemon.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            if (line == ReadyLine) return null;
        await daemon.WaitForExitAsync(cancellationToken);
        var reason = (await errors).Trim();
        return reason.Length > 0 ? reason : $"The daemon ended with code {daemon.ExitCode}; see {folder.DaemonLog}";
    }
}
