using System.Buffers;
using System.Threading.Channels;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Daemon.Capture;

/// <summary>What a viewer is shown next.</summary>
/// <param name="Picture">The whole screen, when it has to be painted; the output follows it.</param>
/// <param name="Output">What the process has printed since.</param>
/// <param name="Viewers">Who is attached now, when that has changed.</param>
/// <param name="IsBehind">So much was printed that it was dropped: ask for a picture instead.</param>
internal sealed record ViewerUpdate(string? Picture, TerminalSize Size, ReadOnlyMemory<byte> Output, IReadOnlyList<string>? Viewers, bool IsBehind);

/// <summary>
/// Someone who looks at a terminal. The reader of the terminal adds what comes and never waits; a viewer that does not keep up loses output
/// and gets a picture of the screen when it is ready again.
/// </summary>
internal sealed class TerminalViewer(string who, bool isReadOnly)
{
    private const int MostPending = 1 << 20;

    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _gate = new();
    private ArrayBufferWriter<byte> _pending = new();
    private string? _picture;
    private TerminalSize _size;
    private IReadOnlyList<string>? _viewers;
    private bool _isBehind;

    /// <summary>The initiator of the attachment, such as <c>cli:alice</c>.</summary>
    public string Who => who;

    public bool IsReadOnly => isReadOnly;

    /// <summary>The size of its window, as it said last; null when the terminal need not have it.</summary>
    public TerminalSize? Window { get; set; }

    /// <summary>Orders viewers by when they typed last; 0 for one that has not typed.</summary>
    public long LastTyped { get; set; }

    public void Add(ReadOnlySpan<byte> output)
    {
        lock (_gate)
        {
            if (_isBehind) return;
            _isBehind = _pending.WrittenCount + output.Length > MostPending;
            if (_isBehind) _pending = new ArrayBufferWriter<byte>();
            else _pending.Write(output);
        }

        _news.Writer.TryWrite(true);
    }

    /// <summary>Replaces all that it was not shown yet.</summary>
    public void Paint(string picture, TerminalSize size)
    {
        lock (_gate)
        {
            _pending.ResetWrittenCount();
            (_picture, _size, _isBehind) = (picture, size, false);
        }

        _news.Writer.TryWrite(true);
    }

    /// <summary>Others have come or gone.</summary>
    public void Present(IReadOnlyList<string> viewers)
    {
        lock (_gate) _viewers = viewers;
        _news.Writer.TryWrite(true);
    }

    /// <summary>Nothing follows what was added.</summary>
    public void End() => _news.Writer.TryComplete();

    /// <summary>Null at the end.</summary>
    public async ValueTask<ViewerUpdate?> NextAsync(CancellationToken cancellationToken)
    {
        while (await _news.Reader.WaitToReadAsync(cancellationToken))
        {
            _news.Reader.TryRead(out _);
            if (Take() is { } update) return update;
        }

        return Take();
    }

    private ViewerUpdate? Take()
    {
        lock (_gate)
        {
            if (_picture is null && _viewers is null && !_isBehind && _pending.WrittenCount == 0) return null;
            var update = new ViewerUpdate(_picture, _size, _pending.WrittenMemory, _viewers, _isBehind);
            (_pending, _picture, _viewers) = (new ArrayBufferWriter<byte>(), null, null);
            return update;
        }
    }
}
