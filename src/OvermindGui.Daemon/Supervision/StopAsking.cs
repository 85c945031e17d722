using System.Text;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Supervision.Readiness;

namespace OvermindGui.Daemon.Supervision;

/// <summary>Asks a process to end by keys or a command, and waits until it has.</summary>
/// <param name="beside">Makes a command of the process's shell, folder and variables.</param>
internal sealed class StopAsking(StopRequest request, IChild child, Func<string, TaggedCommand> beside, TimeProvider time)
{
    /// <summary>Returns what went wrong; null when nothing of the run is left.</summary>
    public async Task<string?> RunAsync()
    {
        var started = time.GetTimestamp();
        var problem = request.Keys is { } keys ? await PressAsync(keys) : await RunCommandAsync(request.Command!);
        if (problem is not null) return problem;
        var left = request.Timeout - time.GetElapsedTime(started);
        return await GroupTermination.IsGoneAsync(child, left > TimeSpan.Zero ? left : TimeSpan.Zero, time)
            ? null
            : $"{(request.Keys is null ? "Its stop command" : "Its stop keys")} did not end it within {request.Timeout.TotalSeconds:0.#} s";
    }

    private async Task<string?> PressAsync(string keys) =>
        await child.TypeAsync(Encoding.UTF8.GetBytes(keys)) ? null : "Its stop keys could not be pressed, because it does not read";

    // It may still clean up when the process is gone already.
    private async Task<string?> RunCommandAsync(string command)
    {
        using var limit = new CancellationTokenSource(request.Timeout, time);
        try
        {
            return await new CommandAttempt(beside(command), time).LookAsync(limit.Token) is { } problem ? $"Its stop command failed: {problem}" : null;
        }
        catch (OperationCanceledException)
        {
            return $"Its stop command did not end within {request.Timeout.TotalSeconds:0.#} s";
        }
    }
}
