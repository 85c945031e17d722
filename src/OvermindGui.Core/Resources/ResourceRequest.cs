using OvermindGui.Core.Control;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Resources;

/// <summary>
/// Says to a daemon that someone looks at the resources. It then measures every 5 s instead of every 30 s for a while, and answers once a
/// measurement of the last 5 s is stored, or was found to be like the stored one.
/// </summary>
public static class ResourceRequest
{
    /// <summary>The type of the request.</summary>
    public const string Type = "resources";

    /// <summary>For how long one request counts.</summary>
    public static TimeSpan Validity { get; } = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Returns after two seconds at the latest. False when the daemon cannot be asked; what is stored may then be older.</summary>
    public static async Task<bool> SendAsync(ProjectFolder folder, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await using var client = await ControlClient.TryConnectAsync(folder, limit.Token);
            if (client is null) return false;
            await foreach (var reply in client.SendAsync(new ControlRequest { Type = Type }, limit.Token))
                if (reply.IsFinal) return reply.Succeeded ?? false;
            return false;
        }
        catch (Exception e) when (e is ControlProtocolException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
