using OvermindGui.Core.Processes;
using OvermindGui.Daemon.Output;

namespace OvermindGui.Daemon.Overmind;

/// <summary>One life of a process under overmind, as far as overmind lets us know. It begins before its PID is known.</summary>
internal sealed class OvermindRun(RunIdentity identity, StreamCapture capture, string cause, double startedAt)
{
    public RunIdentity Identity { get; } = identity;

    public StreamCapture Capture { get; } = capture;

    public string Cause { get; } = cause;

    /// <summary>Unix seconds.</summary>
    public double StartedAt { get; } = startedAt;

    /// <summary>Null until overmind has told it.</summary>
    public int? Pid { get; private set; }

    /// <summary>Null until its PID is known.</summary>
    public ForeignGroup? Group { get; private set; }

    /// <summary>Somebody asked for its end, here or at overmind's own command line.</summary>
    public bool StopRequested { get; set; }

    /// <summary>Overmind has sent SIGKILL.</summary>
    public bool WasKilled { get; set; }

    public bool HasEnded { get; set; }

    /// <summary>Null while it is up, and when nobody has said how it ended.</summary>
    public ExitStatus? Exit { get; set; }

    public bool IsUp => Pid is not null && !HasEnded;

    public void Identify(int pid) => (Pid, Group) = (pid, new ForeignGroup(pid));
}
