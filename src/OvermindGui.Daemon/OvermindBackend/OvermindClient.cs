using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;
using OvermindGui.Core.Project;
using OvermindGui.Daemon.Launching;

namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>How a command to overmind ended.</summary>
/// <param name="Problem">What it said against it; null when it was taken.</param>
/// <param name="Output">What it printed.</param>
internal sealed record OvermindResult(string? Problem, string Output);

/// <summary>Speaks to the folder's running overmind, by its own command line.</summary>
internal sealed class OvermindClient(OvermindTools tools, ProjectFolder folder)
{
    /// <summary>Relative to the folder: the path of a socket may have no more than about a hundred characters.</summary>
    public const string Socket = "./.overmind.sock";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Said with every command: OVERMIND_SOCKET and OVERMIND_NETWORK could name another overmind than ours.</summary>
    public static IReadOnlyList<string> ConnectionOptions { get; } = ["--socket", Socket, "--network", "unix"];

    /// <summary>Carries out <c>stop</c>, <c>restart</c> or <c>quit</c>. Overmind takes them also for names that it does not know.</summary>
    public async Task<OvermindResult> SendAsync(string verb, params string[] names)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        try
        {
            var command = Cli.Wrap(tools.Overmind)
                .WithArguments([verb, .. ConnectionOptions, .. names])
                .WithWorkingDirectory(folder.Root)
                .WithValidation(CommandResultValidation.None);
            var result = await TaggedProcessStarter.WithoutMark(() => command.ExecuteBufferedAsync(deadline.Token));
            return new OvermindResult(result.ExitCode == 0 ? null : ProblemOf(result, verb), result.StandardOutput);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return new OvermindResult($"overmind {verb} took longer than {Timeout.TotalSeconds:0} seconds", "");
        }
        catch (Win32Exception e)
        {
            return new OvermindResult($"{tools.Overmind} could not be run: {e.Message}", "");
        }
    }

    private static string ProblemOf(BufferedCommandResult result, string verb) =>
        result.StandardError.Trim() is { Length: > 0 } words ? words : $"overmind {verb} ended with code {result.ExitCode}";
}
