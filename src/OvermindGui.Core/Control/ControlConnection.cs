using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Control;

/// <summary>The peer violates the protocol; the message says how.</summary>
public sealed class ControlProtocolException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>One end of a connection to the daemon's socket. Messages are one line each and limited in size.</summary>
public sealed class ControlConnection : IAsyncDisposable
{
    /// <summary>Maximum message size in bytes.</summary>
    public const int LargestMessage = 1 << 20;

    // Time limit for receiving the rest of a message, so that nothing waits for an incomplete one.
    private static readonly TimeSpan LongestMessage = TimeSpan.FromSeconds(10);

    // Time limit for sending, so that nothing waits for a peer that does not read.
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(5);

    private readonly NetworkStream _stream;
    private readonly PipeReader _reader;
    private readonly AsyncLock _writing = new();

    public ControlConnection(Socket socket)
    {
        Peer = PeerUser.Of(socket);
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true));
    }

    /// <summary>The user of the peer.</summary>
    public PeerUser? Peer { get; }

    /// <summary>The next message; null when the peer has closed the connection or has ended.</summary>
    /// <exception cref="ControlProtocolException">The message is too long, too slow, or not a JSON object of this kind.</exception>
    public async ValueTask<T?> ReadAsync<T>(JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var slow = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var started = false;
        try
        {
            while (true)
            {
                var result = await _reader.ReadAsync(slow.Token);
                var buffer = result.Buffer;
                if (buffer.PositionOf((byte)'\n') is { } end)
                {
                    var line = buffer.Slice(0, end);
                    try
                    {
                        return Parse(line, type);
                    }
                    finally
                    {
                        _reader.AdvanceTo(buffer.GetPosition(1, end));
                    }
                }

                if (buffer.Length > LargestMessage) throw new ControlProtocolException($"A message has more than {LargestMessage >> 20} MiB");
                _reader.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted) return null;
                if (!started && buffer.Length > 0) slow.CancelAfter(LongestMessage);
                started |= buffer.Length > 0;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return null; // reset
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ControlProtocolException($"A message did not end within {LongestMessage.TotalSeconds:0} s", e);
        }
    }

    /// <summary>Sends a message. False when the peer is gone or does not read.</summary>
    /// <exception cref="ControlProtocolException">The message is too large.</exception>
    public async ValueTask<bool> WriteAsync<T>(T message, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(message, type);
        if (bytes.Length > LargestMessage) throw new ControlProtocolException($"The message has more than {LargestMessage >> 20} MiB");
        Array.Resize(ref bytes, bytes.Length + 1);
        bytes[^1] = (byte)'\n';
        using var slow = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        slow.CancelAfter(LongestWrite);
        try
        {
            await _writing.RunAsync(async () => await _stream.WriteAsync(bytes, slow.Token), slow.Token);
            return true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            await _stream.DisposeAsync(); // half a message may be sent: the stream is unusable
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        await _reader.CompleteAsync();
    }

    private static T Parse<T>(ReadOnlySequence<byte> line, JsonTypeInfo<T> type)
    {
        if (line.Length > LargestMessage) throw new ControlProtocolException($"A message has more than {LargestMessage >> 20} MiB");
        try
        {
            var reader = new Utf8JsonReader(line);
            return JsonSerializer.Deserialize(ref reader, type) ?? throw new ControlProtocolException("Expected a JSON object per line, found null");
        }
        catch (JsonException e)
        {
            throw new ControlProtocolException($"Expected a JSON object per line: {e.Message}", e);
        }
    }
}
