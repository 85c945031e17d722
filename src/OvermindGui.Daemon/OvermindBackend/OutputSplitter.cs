using System.Buffers;
using System.Text;

namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>
/// Takes the combined output of overmind apart. What one process printed in a row stays together, so that a flood costs no more than on a
/// terminal of its own; a very long line is handed on in parts.
/// </summary>
internal sealed class OutputSplitter
{
    /// <summary>Of a line that has not ended yet, more than this is not held back: no message of overmind's is so long.</summary>
    public const int LongestHeld = 16 * 1024;

    private readonly ArrayBufferWriter<byte> _held = new();
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<Part> _parts = [];
    private readonly List<OvermindOutputText> _texts = [];
    private readonly List<(byte[] Bytes, string Name)> _names = [];
    private bool _begun;
    private bool _inLine; // the beginning of the current line was handed on
    private string? _lineProcess;

    private record struct Part(string? Process, OvermindMessage? Message, int Start, int Length);

    /// <returns>The text that is complete so far, in order; valid until the next call.</returns>
    public IReadOnlyList<OvermindOutputText> Feed(ReadOnlySpan<byte> bytes)
    {
        _bytes.ResetWrittenCount();
        _parts.Clear();
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            EndLine(bytes[..(end + 1)]);
            bytes = bytes[(end + 1)..];
        }

        if (!bytes.IsEmpty) Hold(bytes);
        return Texts();
    }

    /// <summary>The output has ended; returns what was held of a last line without newline.</summary>
    public IReadOnlyList<OvermindOutputText> Complete()
    {
        _bytes.ResetWrittenCount();
        _parts.Clear();
        if (_held.WrittenCount > 0) EndLine("\n"u8);
        return Texts();
    }

    private void EndLine(ReadOnlySpan<byte> rest)
    {
        if (_inLine)
        {
            Add(_lineProcess, null, rest);
            _inLine = false;
        }
        else if (_held.WrittenCount == 0)
        {
            AddLine(rest);
        }
        else
        {
            _held.Write(rest);
            AddLine(_held.WrittenSpan);
            _held.ResetWrittenCount();
        }
    }

    private void Hold(ReadOnlySpan<byte> bytes)
    {
        if (_inLine)
        {
            Add(_lineProcess, null, bytes);
            return;
        }

        _held.Write(bytes);
        if (_held.WrittenCount <= LongestHeld) return;
        _lineProcess = Split(_held.WrittenSpan, out var text);
        Add(_lineProcess, null, text);
        _inLine = true;
        _held.ResetWrittenCount();
    }

    private void AddLine(ReadOnlySpan<byte> line)
    {
        var process = Split(line, out var text);
        Add(process, OvermindMessage.Parse(text[..^1]), text);
    }

    private string? Split(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> text)
    {
        if (!_begun) line = WithoutTitle(line);
        _begun = true;
        if (LinePrefix.TryTake(line, out var name, out text)) return NameOf(name);
        text = line;
        return null;
    }

    // Overmind gives its terminal a title, once and before anything else.
    private static ReadOnlySpan<byte> WithoutTitle(ReadOnlySpan<byte> line) =>
        line.StartsWith("\e]0;"u8) && line.IndexOf((byte)'\a') is >= 0 and var end ? line[(end + 1)..] : line;

    private string NameOf(ReadOnlySpan<byte> bytes)
    {
        foreach (var known in _names)
            if (bytes.SequenceEqual(known.Bytes)) return known.Name;
        var name = Encoding.UTF8.GetString(bytes);
        _names.Add((bytes.ToArray(), name));
        return name;
    }

    private void Add(string? process, OvermindMessage? message, ReadOnlySpan<byte> bytes)
    {
        var start = _bytes.WrittenCount;
        _bytes.Write(bytes);
        if (message is null && _parts is [.., { Message: null } last] && last.Process == process)
            _parts[^1] = last with { Length = last.Length + bytes.Length };
        else
            _parts.Add(new Part(process, message, start, bytes.Length));
    }

    private List<OvermindOutputText> Texts()
    {
        _texts.Clear();
        foreach (var part in _parts)
            _texts.Add(new OvermindOutputText(part.Process, part.Message, _bytes.WrittenMemory.Slice(part.Start, part.Length)));
        return _texts;
    }
}
