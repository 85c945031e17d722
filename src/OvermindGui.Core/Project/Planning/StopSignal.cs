namespace OvermindGui.Core.Project.Planning;

/// <summary>The signals that can request a process to end, SIGABRT to SIGUSR2.</summary>
public enum StopSignal
{
    Abort,
    Interrupt,
    Kill,
    Quit,
    Stop,
    Terminate,
    User1,
    User2,
}
