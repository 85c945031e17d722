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

    // A byte interrupts the wait for the terminal, and closing the writing end ends it.
    private readonly AnonymousPipeServerStream _wake = new(PipeDirection.Out);
    private readonly SafePipeHandle _wakeSeen;
    private readonly Lock _gate = new();
    private readonly Queue<Action> _posted = new();
    private bool _isWoken;
    private bool _isOver;
    private int _begun;

    public TerminalReader(SafeFileHandle master, StreamCapture capture, string threadName)
    {
        (_master, _capture) = (master, capture);
        _wakeSeen = _wake.ClientSafePipeHandle;
        _thread = new Thread(Run) { IsBackground = true, Name = threadName };
    }

    /// <summary>Completes when the other side is closed or reading was stopped, and all earlier output is queued.</summary>
    public Task Ended => _ended.Task;

    public void StartReading()
    {
        if (Interlocked.Exchange(ref _begun, 1) == 0) _thread.Start();
    }

    /// <summary>Ends the reading although someone still holds the other side; what was printed before is kept.</summary>
    public void StopReading()
    {
        lock (_gate) _wake.Dispose();
    }

    /// <summary>
    /// Executes an action on the reader's thread, between two reads, so that it has the terminal's model to itself. False when the reading
    /// has ended.
    /// </summary>
    public Task<bool> InvokeAsync(Action action)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_isOver) return Task.FromResult(false);
            _posted.Enqueue(() =>
            {
                try
                {
                    action();
                    done.SetResult(true);
                }
                catch (Exception e)
                {
                    done.SetException(e); // it is for those who asked
                }
            });
            Wake();
        }

        return done.Task;
    }

    public void Dispose()
    {
        StopReading();
        _wakeSeen.Dispose();
    }

    private void Wake()
    {
        if (_isWoken || !_wake.CanWrite) return;
        _isWoken = true;
        _wake.WriteByte(0);
    }

    // False when the writing end is closed.
    private bool TakeWake()
    {
        Span<byte> one = stackalloc byte[1];
        var isOpen = Descriptor.Read(_wakeSeen, one, 1) > 0;
        RunPosted(isLast: false);
        return isOpen;
    }

    private void RunPosted(bool isLast)
    {
        Action[] posted;
        lock (_gate)
        {
            _isWoken = false;
            _isOver |= isLast;
            posted = [.. _posted];
            _posted.Clear();
        }

        foreach (var action in posted) action();
    }

    private void Run()
    {
        try
        {
            Read();
            Wait(_capture.CompleteAsync());
            RunPosted(isLast: true);
            _master.Dispose();
            Dispose();
            _ended.SetResult();
        }
        catch (Exception e)
        {
            RunPosted(isLast: true);
            _ended.SetException(e); // reported to those who await the end of the run
        }
    }

    private void Read()
    {
        var buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
        var (allowance, isStopped) = (KernelBuffer, false);
        while (allowance > 0)
        {
            var (readable, woken) = Descriptor.WaitForEither(_master, _wakeSeen, _capture.FlushDue);
            if (woken && !isStopped) isStopped = !TakeWake();
            if (isStopped && !readable) return;
            if (!readable)
            {
                if (woken) continue;
                Wait(_capture.FlushAsync());
                continue;
            }

            var more = Fill(buffer, out var count);
            Wait(_capture.FeedAsync(buffer.AsSpan(0, count)));
            if (!more) return;
            if (isStopped) allowance -= count;
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
