using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using OvermindGui.Core.Posix;

namespace OvermindGui.Output;

/// <summary>The reader of standard output has gone, as with <c>logs | head</c>: end the command without an error message.</summary>
internal sealed class ReaderGoneException : Exception;

/// <summary>
/// Buffered standard output. <see cref="Console"/> ignores that the reader has gone, and a file stream keeps its own position and would
/// overwrite what others write to the same file.
/// </summary>
internal sealed class StandardOutput
{
    private const int FlushAbove = 64 * 1024;

    private static readonly SafeFileHandle Output = new(1, ownsHandle: false);

    private readonly ArrayBufferWriter<byte> _buffer = new(FlushAbove * 2);

    /// <summary>True when the reader has gone.</summary>
    public static bool IsReaderGone =>
        (Descriptor.Poll(Output, 0, 0) & (Descriptor.Failed | Descriptor.HungUp | Descriptor.Invalid)) != 0;

    /// <exception cref="ReaderGoneException"/>
    /// <exception cref="IOException">Writing failed for another reason, such as a full disk.</exception>
    public void WriteLine(StringBuilder line)
    {
        foreach (var chunk in line.GetChunks()) Encoding.UTF8.GetBytes(chunk.Span, _buffer);
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= FlushAbove) Flush();
    }

    /// <summary>Writes the buffer; blocks while the reader is slow.</summary>
    /// <exception cref="ReaderGoneException"/>
    /// <exception cref="IOException">Writing failed for another reason, such as a full disk.</exception>
    public void Flush()
    {
        var bytes = _buffer.WrittenSpan;
        try
        {
            while (!bytes.IsEmpty) bytes = bytes[WriteSome(bytes)..];
        }
        finally
        {
            _buffer.ResetWrittenCount(); // a failed write is not repeated
        }
    }

    private static int WriteSome(ReadOnlySpan<byte> bytes)
    {
        var written = Descriptor.Write(Output, bytes, (nuint)bytes.Length);
        if (written >= 0) return (int)written;
        switch (Marshal.GetLastPInvokeError())
        {
            case Descriptor.Interrupted:
                return 0;
            case Descriptor.BrokenPipe:
                throw new ReaderGoneException();
            case var error when error == Descriptor.WouldBlock: // another program made the terminal non-blocking
                _ = Descriptor.Poll(Output, Descriptor.Writable, Timeout.Infinite);
                return 0;
            case var error:
                throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }
}
