using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace OvermindGui.Mcp;

/// <summary>
/// The streams of a client whose messages are lines. Its input ends only when all that it has asked is answered: a transport stops answering at
/// the end of its input, and a script that pipes a request closes that at once.
/// </summary>
internal sealed class AnsweredStreams
{
    // No call takes longer.
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(1);

    private readonly Pipe _input = new();
    private readonly Pipe _output = new();
    private readonly Lock _gate = new();
    private readonly HashSet<string> _asked = [];
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasAskedAll;

    public AnsweredStreams(Stream input, Stream output)
    {
        _ = Task.Run(() => ReadAsync(input));
        Written = Task.Run(() => WriteAsync(output));
    }

    /// <summary>What the client asks.</summary>
    public Stream Input => _input.Reader.AsStream();

    /// <summary>What the client is answered.</summary>
    public Stream Output => _output.Writer.AsStream();

    /// <summary>Completes when the output has been closed, and all of it is written.</summary>
    public Task Written { get; }

    private async Task ReadAsync(Stream input)
    {
        try
        {
            await foreach (var line in LinesOf(PipeReader.Create(input)))
            {
                Ask(line);
                await _input.Writer.WriteAsync(line);
            }
        }
        catch (IOException)
        {
            // no more can be read: the same as its end
        }

        lock (_gate)
        {
            _hasAskedAll = true;
            if (_asked.Count == 0) _answered.TrySetResult();
        }

        await Task.WhenAny(_answered.Task, Task.Delay(LongestCall));
        await _input.Writer.CompleteAsync();
    }

    private async Task WriteAsync(Stream output)
    {
        try
        {
            await foreach (var line in LinesOf(_output.Reader))
            {
                await output.WriteAsync(line);
                await output.FlushAsync();
                Answer(line);
            }
        }
        catch (IOException)
        {
            _answered.TrySetResult(); // no one reads the answers
        }
        finally
        {
            await _output.Reader.CompleteAsync();
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesOf(PipeReader reader)
    {
        while (true)
        {
            var read = await reader.ReadAsync();
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var line = rest.Slice(0, rest.GetPosition(1, end));
                yield return line.ToArray();
                rest = rest.Slice(line.End);
            }

            if (read.IsCompleted && !rest.IsEmpty) yield return rest.ToArray();
            reader.AdvanceTo(read.IsCompleted ? read.Buffer.End : rest.Start, read.Buffer.End);
            if (read.IsCompleted) yield break;
        }
    }

    private void Ask(ReadOnlyMemory<byte> line)
    {
        if (Read(line) is not { } message) return;
        lock (_gate)
        {
            if (message.Method is not null && message.Id is { } id) _asked.Add(id);
            else if (message is { Method: "notifications/cancelled", Cancelled: { } cancelled }) Remove(cancelled);
        }
    }

    private void Answer(ReadOnlyMemory<byte> line)
    {
        if (Read(line) is not { Method: null, Id: { } id }) return;
        lock (_gate) Remove(id);
    }

    private void Remove(string id)
    {
        _asked.Remove(id);
        if (_hasAskedAll && _asked.Count == 0) _answered.TrySetResult();
    }

    // What is no message is refused by the transport, which may have no id to answer to.
    private static (string? Method, string? Id, string? Cancelled)? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind != JsonValueKind.Object
                ? null
                : (TextOf(json.RootElement, "method"), TextOf(json.RootElement, "id"),
                    json.RootElement.TryGetProperty("params", out var more) && more.ValueKind == JsonValueKind.Object ? TextOf(more, "requestId") : null);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement message, string name) => !message.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
