namespace OvermindGui.Core.Planning;

/// <summary>The signals that may ask a process to end.</summary>
public enum StopSignal
{
    Abrt,
    Int,
    Kill,
    Quit,
    Stop,
    Term,
    Usr1,
    Usr2,
}
