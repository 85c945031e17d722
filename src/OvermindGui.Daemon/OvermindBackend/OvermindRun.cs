using System.Buffers;
using OvermindGui.Core.Contracts;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>One life of a process under overmind, as far as overmind lets us know. It begins before its PID is known.</summary>
internal sealed class OvermindRun(
    RunIdentity identity, StreamCapture capture, RunFailureDetector failures, string cause, Initiator startedBy, double startedAt, long startedTimestamp)
{
    public RunIdentity Identity { get; } = identity;

    public StreamCapture Capture { get; } = capture;

    public string Cause { get; } = cause;

    public Initiator StartedBy { get; } = startedBy;

    /// <summary>Unix seconds.</summary>
    public double StartedAt { get; } = startedAt;

    /// <summary>The same moment on the clock that measures.</summary>
    public long StartedTimestamp { get; } = startedTimestamp;

    /// <summary>What it printed before its PID was known: it is stored behind the notice of the start. Null once it has been handed on.</summary>
    public ArrayBufferWriter<byte>? Early { get; private set; } = new();

    /// <summary>Hands on what was held, and holds nothing any more.</summary>
    public async Task ReleaseEarlyAsync()
    {
        if (Early is not { } early) return;
        Early = null;
        if (early.WrittenCount > 0) await Capture.FeedAsync(early.WrittenSpan);
    }

    /// <summary>Null until overmind reports it.</summary>
    public int? Pid { get; private set; }

    /// <summary>Null until its PID is known.</summary>
    public ExternalProcessGroup? Group { get; private set; }

    /// <summary>Its end was requested, here or at overmind's own command line.</summary>
    public bool StopRequested { get; private set; }

    /// <summary>Who asked for the end; null when that is unknown, or it makes room for its next run.</summary>
    public Initiator? StopRequestedBy { get; private set; }

    /// <summary>It is being stopped because of a failure: the code that stops it reports the resulting state.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Overmind has sent SIGKILL.</summary>
    public bool WasKilled { get; set; }

    public bool HasEnded { get; set; }

    /// <summary>Null while it is running, and when the exit status is unknown.</summary>
    public ExitStatus? Exit { get; set; }

    public bool IsUp => Pid is not null && !HasEnded;

    /// <summary>Marks the run as about to be stopped on request: its last output is no failure.</summary>
    /// <param name="by">Who asked for it, as far as the log is to say it.</param>
    public void RequestStop(Initiator? by = null)
    {
        StopRequestedBy ??= by;
        StopRequested = true;
        failures.End();
    }

    public void Identify(int pid) => (Pid, Group) = (pid, new ExternalProcessGroup(pid));
}
