namespace OvermindGui.Web.Components.Processes;

/// <summary>The groups of states in words.</summary>
internal static class GroupText
{
    /// <summary>As in "2 failed".</summary>
    public static string Of(StateGroup bucket) => bucket switch
    {
        StateGroup.Running => "running",
        StateGroup.Failed => "failed",
        StateGroup.Input => "waiting for input",
        StateGroup.Waiting => "waiting",
        _ => "stopped",
    };
}
