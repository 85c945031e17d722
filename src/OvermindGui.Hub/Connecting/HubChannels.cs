using System.Globalization;

namespace OvermindGui.Hub.Connecting;

/// <summary>Names of the channels of LISTEN and NOTIFY. They only say that it is time to look: everything that counts is in the tables.</summary>
public static class HubChannels
{
    /// <summary>Something of a project has changed; the payload is its number. At most ten times a second from each daemon.</summary>
    public const string Changes = "overmind_changes";

    /// <summary>There is a command for the daemon of a project.</summary>
    public static string CommandsTo(int project) => string.Create(CultureInfo.InvariantCulture, $"overmind_commands_{project}");
}
