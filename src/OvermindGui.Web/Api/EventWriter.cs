using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;

namespace OvermindGui.Web.Api;

/// <summary>
/// Writes server-sent events. It waits while the reader does not take them, so that a slow one holds a buffer and no more.
/// </summary>
internal sealed class EventWriter(PipeWriter output, JsonSerializerOptions json, TimeSpan heartbeat, CancellationToken cancellationToken)
{
    private const int MaxUnflushed = 32 * 1024;

    private long _flushed = TimeProvider.System.GetTimestamp();

    /// <param name="id">What a reader that comes back gives as Last-Event-ID; null leaves the last one in force.</param>
    /// <param name="data">JSON has no line breaks, so it is one line.</param>
    public async ValueTask WriteAsync<T>(string name, T data, long? id = null)
    {
        if (id is { } number) WriteText(string.Create(CultureInfo.InvariantCulture, $"id: {number}\n"));
        WriteText($"event: {name}\ndata: ");
        output.Write(JsonSerializer.SerializeToUtf8Bytes(data, json));
        output.Write("\n\n"u8);
        if (output.UnflushedBytes > MaxUnflushed) await FlushAsync();
    }

    /// <summary>Sends what was written. After a long silence that is a comment: it keeps whatever stands between from closing the connection.</summary>
    public async ValueTask FlushAsync()
    {
        if (output.UnflushedBytes == 0)
        {
            if (TimeProvider.System.GetElapsedTime(_flushed) < heartbeat) return;
            output.Write(":\n\n"u8);
        }

        var result = await output.FlushAsync(cancellationToken);
        _flushed = TimeProvider.System.GetTimestamp();
        if (result.IsCompleted) throw new OperationCanceledException(cancellationToken); // the reader is gone
    }

    /// <summary>How long a browser waits before it comes back.</summary>
    public void WriteRetry(TimeSpan after) => WriteText(string.Create(CultureInfo.InvariantCulture, $"retry: {after.TotalMilliseconds:0}\n\n"));

    private void WriteText(string text) => Encoding.ASCII.GetBytes(text, output);
}
