using OvermindGui.Core.Contracts;

namespace OvermindGui.Daemon.Launching;

/// <summary>One life of a process. "Exited" and "output ended" are two events: others may hold its pipes or terminal long after it is gone.</summary>
internal interface IChild : IAsyncDisposable
{
    int Pid { get; }

    /// <summary>It and all that it started.</summary>
    RunProcesses Processes { get; }

    /// <summary>Completes when the process itself has exited, even if its pipes or terminal are still open. Null: status unknown.</summary>
    Task<ExitStatus?> Exited { get; }

    /// <summary>Completes when all that was printed has been read.</summary>
    Task OutputEnded { get; }

    /// <summary>Its terminal; null when it has none that we hold.</summary>
    AttachableTerminal? Attachable { get; }

    /// <summary>Hands it something to read. False when it takes none of it: it has ended, or does not read.</summary>
    Task<bool> TypeAsync(ReadOnlyMemory<byte> input);
}
