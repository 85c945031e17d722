namespace OvermindGui.Core.Project.Planning;

/// <summary>When a process that ended unexpectedly is restarted.</summary>
public enum RestartRule
{
    Never,

    /// <summary>After any end except with exit code 0.</summary>
    OnFailure,

    /// <summary>After any end.</summary>
    Always,
}
