using CliWrap;

namespace OvermindGui.Daemon.Launching;

/// <summary>What a child prints into and reads from: pipes or a terminal.</summary>
internal interface IChildOutput : IDisposable
{
    /// <summary>Path of the terminal that the child opens; null when it prints into pipes.</summary>
    string? Terminal { get; }

    /// <summary>The same for those who want to look at it and type there.</summary>
    AttachableTerminal? Attachable { get; }

    /// <summary>Connects a command that is about to be executed.</summary>
    Command Connect(Command command);

    /// <summary>The child runs and holds its side.</summary>
    void CloseChildSide();

    /// <summary>Starts reading the output. Called after the start is recorded, so that the record precedes the output.</summary>
    void StartReading();

    /// <summary>Ends the reading although someone still holds the other side; what was read is kept.</summary>
    Task StopReadingAsync();

    /// <summary>Hands the child something to read. False when it takes none of it: it has ended, or does not read.</summary>
    Task<bool> TypeAsync(ReadOnlyMemory<byte> input);

    /// <summary>Completes when all that CliWrap does not read itself has been read to its end.</summary>
    Task Ended { get; }
}
