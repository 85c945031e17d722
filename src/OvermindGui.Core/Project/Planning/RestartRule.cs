namespace OvermindGui.Core.Project.Planning;

/// <summary>When a process that ended by itself is started again.</summary>
public enum RestartRule
{
    Never,

    /// <summary>After any end but one with exit code 0.</summary>
    OnFailure,

    /// <summary>After any end.</summary>
    Always,
}
