using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;

namespace OvermindGui.Web.Api;

/// <summary>
/// Writes server-sent events. It composes them in a buffer and sends the buffer as fast as the reader takes it. A caller that sends when
/// <see cref="IsFull"/> and holds no lines of its own uses only this buffer while the reader is blocked.
/// </summary>
/// <param name="patience">How long a reader may be blocked before the stream ends.</param>
internal sealed class EventWriter(
    PipeWriter output, JsonSerializerOptions json, TimeSpan heartbeat, TimeSpan patience, CancellationToken cancellationToken)
{
    /// <summary>A line that takes more exceeds what a stream may buffer, and so it may only wait for a second.</summary>
    public const int MostOfOneLine = MostBuffered - Enough;

    private const int MostBuffered = 256 * 1024;
    private const int Enough = 32 * 1024;
    private const int Piece = 16 * 1024;
    private static readonly TimeSpan PatienceBeyond = TimeSpan.FromSeconds(1);

    private ArrayBufferWriter<byte> _composed = new();
    private long _sent = TimeProvider.System.GetTimestamp();

    /// <summary>Enough is composed to be sent.</summary>
    public bool IsFull => _composed.WrittenCount >= Enough;

    /// <summary>Nothing has been sent for so long that a comment is due.</summary>
    public bool IsSilent => TimeProvider.System.GetElapsedTime(Volatile.Read(ref _sent)) >= heartbeat;

    /// <param name="id">What a reader that comes back gives as Last-Event-ID; null leaves the last one valid.</param>
    /// <param name="data">JSON has no line breaks, so it is one line.</param>
    public void Write<T>(string name, T data, long? id = null)
    {
        if (id is { } number) WriteText(string.Create(CultureInfo.InvariantCulture, $"id: {number}\n"));
        WriteText($"event: {name}\ndata: ");
        using (var writer = new Utf8JsonWriter(_composed, new JsonWriterOptions { Encoder = json.Encoder })) JsonSerializer.Serialize(writer, data, json);
        WriteText("\n\n");
    }

    /// <summary>How long a browser waits before it comes back.</summary>
    public void WriteRetry(TimeSpan after) => WriteText(string.Create(CultureInfo.InvariantCulture, $"retry: {after.TotalMilliseconds:0}\n\n"));

    /// <summary>Sends the buffer. After a long pause it sends a comment, so that proxies do not close the connection.</summary>
    /// <exception cref="ReaderStandsStillException">The reader took nothing for too long.</exception>
    public async ValueTask SendAsync()
    {
        if (_composed.WrittenCount == 0)
        {
            if (!IsSilent) return;
            WriteText(":\n\n");
        }

        var limit = _composed.WrittenCount > MostOfOneLine ? PatienceBeyond : patience;
        for (var at = 0; at < _composed.WrittenCount; at += Piece)
        {
            output.Write(_composed.WrittenSpan.Slice(at, Math.Min(Piece, _composed.WrittenCount - at)));
            await FlushAsync(limit);
        }

        if (_composed.Capacity > MostBuffered) _composed = new();
        else _composed.ResetWrittenCount();
        Volatile.Write(ref _sent, TimeProvider.System.GetTimestamp());
    }

    private async ValueTask FlushAsync(TimeSpan limit)
    {
        var flushing = output.FlushAsync(cancellationToken);
        try
        {
            var result = flushing.IsCompleted ? await flushing : await flushing.AsTask().WaitAsync(limit, cancellationToken);
            if (result.IsCompleted) throw new OperationCanceledException(cancellationToken); // the reader is gone
        }
        catch (TimeoutException)
        {
            throw new ReaderStandsStillException();
        }
    }

    private void WriteText(string text) => Encoding.ASCII.GetBytes(text, _composed);
}

/// <summary>The reader of a stream has taken nothing for too long.</summary>
internal sealed class ReaderStandsStillException : Exception;
