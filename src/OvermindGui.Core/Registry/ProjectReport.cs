using System.Text.Json.Serialization;

namespace OvermindGui.Core.Registry;

/// <summary>How a project of this user is. Empty values are omitted.</summary>
/// <param name="Data">The folder of its database, if it is not the project's.</param>
/// <param name="State">running, stopped or unreadable.</param>
/// <param name="Processes">Number of its processes.</param>
/// <param name="Running">Number of those that run.</param>
/// <param name="Failed">Number of those that have failed.</param>
/// <param name="Dashboards">Addresses of its dashboards that serve now.</param>
/// <param name="Ports">TCP ports on which its processes listen.</param>
/// <param name="Since">When its daemon started or, if it is stopped, ended: seconds since 1970.</param>
/// <param name="Pid">Of its daemon.</param>
/// <param name="Cpu">Percent of one core that its processes use, as last measured.</param>
/// <param name="Memory">Bytes that its processes use, as last measured.</param>
/// <param name="StoredBytes">Size of its database.</param>
/// <param name="Problem">Why it cannot be read, or why it cannot be started from elsewhere.</param>
public sealed record ProjectReport(
    string Name, string Folder, string? Data, string State, int Processes, int Running, int Failed, IReadOnlyList<Uri> Dashboards, IReadOnlyList<int> Ports,
    double? Since, int? Pid, double? Cpu, long? Memory, long StoredBytes, string? Problem)
{
    /// <summary>The word for a project whose daemon lives.</summary>
    public const string RunningState = "running";

    /// <summary>The word for a project without a daemon.</summary>
    public const string StoppedState = "stopped";

    /// <summary>The word for a project whose files cannot be read.</summary>
    public const string UnreadableState = "unreadable";

    /// <summary>Whether its daemon lives.</summary>
    [JsonIgnore]
    public bool IsRunning => State == RunningState;
}
