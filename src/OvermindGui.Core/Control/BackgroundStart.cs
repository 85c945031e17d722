using System.Diagnostics;

namespace OvermindGui.Core.Control;

/// <summary>Starts this program once more, in the background, and waits until it says that it serves.</summary>
internal static class BackgroundStart
{
    private const string OwnVariables = "OVERMIND_";

    /// <param name="isOther">It is for another project than this process: our variables are about this one, and are not handed on.</param>
    /// <returns>What it said behind <see cref="DaemonLauncher.ReadyLine"/>, or why it does not serve; empty when it has not said why.</returns>
    public static async Task<(string? Ready, string Failure)> RunAsync(
        SelfExecutable executable, IReadOnlyList<string> arguments, string workingDirectory, bool isOther, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(executable.File, [.. executable.Prefix, .. arguments])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (isOther)
            foreach (var name in start.Environment.Keys.Where(name => name.StartsWith(OwnVariables, StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        using var program = Process.Start(start)!;
        program.StandardInput.Close();
        var errors = program.StandardError.ReadToEndAsync(cancellationToken);
        while (await program.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            if (line.Split(' ', 2) is [DaemonLauncher.ReadyLine, .. var rest]) return (rest is [var words] ? words : "", "");
        await program.WaitForExitAsync(cancellationToken);
        var reason = (await errors).Trim();
        return (null, reason.Length > 0 || program.ExitCode == 0 ? reason : $"It ended with code {program.ExitCode}");
    }
}
