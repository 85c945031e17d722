using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace OvermindGui.Output;

/// <summary>The reader of standard output has gone, as with <c>logs | head</c>: end the command without an error message.</summary>
internal sealed class ReaderGoneException : Exception;

/// <summary>
/// Buffered standard output. <see cref="Console"/> ignores that the reader has gone, and a file stream keeps its own position and would
/// overwrite what others write to the same file.
/// </summary>
internal sealed partial class StandardOutput
{
    private const int Descriptor = 1;
    private const int FlushAbove = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new(FlushAbove * 2);

    /// <summary>True when the reader has gone.</summary>
    public static bool IsReaderGone
    {
        get
        {
            var poll = new PollDescriptor { Descriptor = Descriptor };
            return Poll(ref poll, 1, 0) > 0 && (poll.Returned & (PollError | PollHangUp | PollInvalid)) != 0;
        }
    }

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
        var written = Write(Descriptor, ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length);
        if (written >= 0) return (int)written;
        switch (Marshal.GetLastPInvokeError())
        {
            case InterruptedCall:
                return 0;
            case BrokenPipe:
                throw new ReaderGoneException();
            case var error when error == TryAgain: // another program made the terminal non-blocking
                var poll = new PollDescriptor { Descriptor = Descriptor, Wanted = PollWritable };
                _ = Poll(ref poll, 1, -1);
                return 0;
            case var error:
                throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }

    private const int InterruptedCall = 4; // EINTR
    private const int BrokenPipe = 32; // EPIPE

    private const short PollWritable = 0x4;
    private const short PollError = 0x8;
    private const short PollHangUp = 0x10;
    private const short PollInvalid = 0x20;

    private static int TryAgain => OperatingSystem.IsMacOS() ? 35 : 11; // EAGAIN

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ref byte bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int timeout);

    // struct pollfd
    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Wanted;
        public short Returned;
    }
}
