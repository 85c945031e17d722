using CliWrap;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Capture;

namespace OvermindGui.Daemon.Launching;

/// <summary>
/// A terminal: programs print at once and in colour, and the two streams are one. The pipes are there until the child has opened it: why it
/// could not would be said on them.
/// </summary>
internal sealed class TerminalOutput : IChildOutput
{
    private readonly PseudoTerminal _terminal;
    private readonly PipeOutput _pipes;
    private readonly TerminalReader _reader;

    public TerminalOutput(PseudoTerminal terminal, TerminalSize size, StreamCapture capture, PipeOutput pipes)
    {
        (_terminal, _pipes) = (terminal, pipes);
        _reader = new TerminalReader(terminal.Master, capture, $"reads {terminal.Path}");
        Attachable = new AttachableTerminal(terminal.Master, _reader, capture, size);
    }

    public AttachableTerminal Attachable { get; }

    AttachableTerminal? IChildOutput.Attachable => Attachable;

    public string? Terminal => _terminal.Path;

    public Task Ended => _reader.Ended;

    public Command Connect(Command command) => _pipes.Connect(command);

    public void CloseChildSide() => _terminal.CloseChildSide();

    public void StartReading()
    {
        _pipes.StartReading();
        _reader.StartReading();
    }

    public async Task StopReadingAsync()
    {
        _reader.StopReading();
        await _pipes.StopReadingAsync();
    }

    public async Task<bool> TypeAsync(ReadOnlyMemory<byte> input)
    {
        await Attachable.FollowInputAsync();
        return await TerminalInput.WriteAsync(_terminal.Master, input);
    }

    public void Dispose()
    {
        _pipes.Dispose();
        _reader.Dispose();
        _terminal.Dispose();
    }
}
