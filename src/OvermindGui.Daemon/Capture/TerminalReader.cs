using System.ComponentModel;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using OvermindGui.Core.Posix;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Capture;

/// <summary>
/// Reads the master of a pseudo-terminal to its end, on a thread of its own: .NET cannot wait for a terminal without one, and the pool's
/// threads are not for waiting.
/// </summary>
internal sealed class TerminalReader : IDisposable
{
    private const int BufferSize = 64 * 1024;

    // More than the kernel buffers of a terminal's output. After a request to stop, this much is still read, so that a flood also ends.
    private const int KernelBuffer = 128 * 1024;

    private readonly SafeFileHandle _master;
    private readonly StreamCapture _capture;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Closing the writing end makes the reading end readable, and so ends the wait for the terminal.
    private readonly AnonymousPipeServerStream _stopReading = new(PipeDirection.Out);
    private readonly SafePipeHandle _readingStopped;
    private int _begun;

    public TerminalReader(SafeFileHandle master, StreamCapture capture, string threadName)
    {
        (_master, _capture) = (master, capture);
        _readingStopped = _stopReading.ClientSafePipeHandle;
        _thread = new Thread(Run) { IsBackground = true, Name = threadName };
    }

    /// <summary>Completes when the other side is closed or reading was stopped, and all earlier output is queued.</summary>
    public Task Ended => _ended.Task;

    public void StartReading()
    {
        if (Interlocked.Exchange(ref _begun, 1) == 0) _thread.Start();
    }

    /// <summary>Ends the reading although someone still holds the other side; what was printed before is kept.</summary>
    public void StopReading() => _stopReading.Dispose();

    public void Dispose()
    {
        _stopReading.Dispose();
        _readingStopped.Dispose();
    }

    private void Run()
    {
        try
        {
            Read();
            Wait(_capture.CompleteAsync());
            _master.Dispose();
            Dispose();
            _ended.SetResult();
        }
        catch (Exception e)
        {
            _ended.SetException(e); // reported to those who await the end of the run
        }
    }

    private void Read()
    {
        var buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
        var allowance = KernelBuffer;
        while (allowance > 0)
        {
            var (readable, stopped) = Descriptor.WaitForEither(_master, _readingStopped, _capture.FlushDue);
            if (stopped && !readable) return;
            if (!readable)
            {
                Wait(_capture.FlushAsync());
                continue;
            }

            var more = Fill(buffer, out var count);
            Wait(_capture.FeedAsync(buffer.AsSpan(0, count)));
            if (!more) return;
            if (stopped) allowance -= count;
        }
    }

    /// <summary>Reads until the buffer is full, has lines enough, or there is nothing for now. False at the end.</summary>
    private bool Fill(byte[] buffer, out int count)
    {
        (count, var lines) = (0, 0);
        while (count < buffer.Length && lines < InFlightLimit.OneRead)
        {
            var read = (int)Descriptor.Read(_master, buffer.AsSpan(count), (nuint)(buffer.Length - count));
            if (read == 0) return false; // so macOS says it
            if (read > 0)
            {
                lines += buffer.AsSpan(count, read).Count((byte)'\n');
                count += read;
                continue;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error == Descriptor.InputOutputError) return false; // so Linux says it
            if (error == Descriptor.WouldBlock) return true;
            if (error != Descriptor.Interrupted) throw new Win32Exception(error);
        }

        return true;
    }

    // While too much is not stored the child waits, as it would for any slow terminal.
    private static void Wait(ValueTask storing)
    {
        if (!storing.IsCompletedSuccessfully) storing.AsTask().GetAwaiter().GetResult();
    }
}
