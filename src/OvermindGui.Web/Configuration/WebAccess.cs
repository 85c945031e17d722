namespace OvermindGui.Web.Configuration;

/// <summary>Who may come in.</summary>
public sealed record WebAccess
{
    /// <summary>The token that every client must send; null for none, which is allowed only on a loopback address.</summary>
    public string? Token { get; init; }

    /// <summary>This dashboard types nothing into processes; it only shows their terminals.</summary>
    public bool NoInput { get; init; }

    /// <summary>Its pages may stand in frames of this origin's own pages: a project beside another one.</summary>
    public bool OwnFrames { get; init; }

    /// <summary>
    /// Host names, with or without a port, under which clients reach the dashboard in addition to the loopback names and its own
    /// address: for example the name of a proxy or of this machine.
    /// </summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];
}
