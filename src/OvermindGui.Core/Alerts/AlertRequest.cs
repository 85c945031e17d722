using System.Text.Json;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Alerts;

/// <summary>Asks a daemon to test an alert, or to mute it.</summary>
public static class AlertRequest
{
    /// <summary>The type of the request.</summary>
    public const string Type = "alert";

    /// <summary>The longest time for which one may be muted.</summary>
    public const int MostMinutes = 7 * 24 * 60;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Carries out its actions once, except those that restart or stop processes.</summary>
    public static Task<CommandOutcome> TestAsync(ProjectFolder folder, string rule, CancellationToken cancellationToken) =>
        SendAsync(folder, "test", rule, 0, cancellationToken);

    /// <summary>Mutes it for some minutes; 0 ends that.</summary>
    public static Task<CommandOutcome> MuteAsync(ProjectFolder folder, string rule, int minutes, CancellationToken cancellationToken) =>
        SendAsync(folder, "mute", rule, minutes, cancellationToken);

    private static async Task<CommandOutcome> SendAsync(ProjectFolder folder, string what, string rule, int minutes, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await using var client = await ControlClient.TryConnectAsync(folder, limit.Token);
            if (client is null) return new CommandOutcome(false, "No daemon can be asked: none runs, or its socket cannot be reached");
            var request = new ControlRequest
            {
                Type = Type,
                Command = what,
                Argument = rule,
                Fields = new Dictionary<string, JsonElement> { ["minutes"] = JsonSerializer.SerializeToElement(minutes) },
            };
            await foreach (var reply in client.SendAsync(request, limit.Token))
                if (reply.IsFinal) return new CommandOutcome(reply.Succeeded ?? false, reply.Message ?? "");
            return new CommandOutcome(false, "The daemon ended before it answered");
        }
        catch (Exception e) when (e is ControlProtocolException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new CommandOutcome(false, "The daemon did not answer");
        }
    }
}
