using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using OvermindGui.Core.Posix;

namespace OvermindGui.Daemon.Launching;

/// <summary>
/// Writes what a terminal answers to where its program reads. It never waits: a program that reads nothing needs no answer. An answer is
/// never echoed: where the program has echo on, it is off until the kernel has taken the answer.
/// </summary>
internal sealed class TerminalAnswerWriter(SafeFileHandle master)
{
    // The kernel takes what was written in a thread of its own.
    private static readonly TimeSpan EchoPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private byte[]? _withoutEcho; // as we set the terminal; null while we changed nothing
    private long _lastAnswer;

    public void Write(ReadOnlySpan<byte> answer)
    {
        PauseEcho();
        while (Descriptor.Write(master, answer, (nuint)answer.Length) < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == Descriptor.WouldBlock || error == Descriptor.InputOutputError) return;
            if (error != Descriptor.Interrupted) throw new Win32Exception(error);
        }
    }

    private void PauseEcho()
    {
        lock (_gate)
        {
            _lastAnswer = Environment.TickCount64;
            var attributes = new byte[NativeTerminal.MaxAttributes];
            if (NativeTerminal.GetAttributes(master, attributes) != 0 || !Echoes(attributes)) return;
            SetEcho(attributes, false);
            if (NativeTerminal.SetAttributes(master, NativeTerminal.Now, attributes) != 0) return;
            if (_withoutEcho is null) _ = ResumeEchoAsync();
            _withoutEcho = attributes;
        }
    }

    private async Task ResumeEchoAsync()
    {
        for (var pause = EchoPause; ; pause = pause * 2 < LongestLook ? pause * 2 : LongestLook)
        {
            await Task.Delay(pause);
            lock (_gate)
            {
                if (Environment.TickCount64 - _lastAnswer < EchoPause.TotalMilliseconds || !TryResumeEcho()) continue;
                _withoutEcho = null;
                return;
            }
        }
    }

    // Settings that the program has changed in the meantime are kept. It may have saved ours before, as a shell's read does, and restore them
    // when it has read: so it is looked at until they are back, or echo is on.
    private bool TryResumeEcho()
    {
        var attributes = new byte[NativeTerminal.MaxAttributes];
        try
        {
            if (NativeTerminal.GetAttributes(master, attributes) != 0 || Echoes(attributes)) return true;
            if (!attributes.AsSpan().SequenceEqual(_withoutEcho)) return false;
            SetEcho(attributes, true);
            NativeTerminal.SetAttributes(master, NativeTerminal.Now, attributes);
        }
        catch (ObjectDisposedException)
        {
            // The terminal has gone, and its modes with it.
        }

        return true;
    }

    private static bool Echoes(ReadOnlySpan<byte> attributes) => (LocalModes(attributes) & NativeTerminal.Echo) != 0;

    private static void SetEcho(Span<byte> attributes, bool on)
    {
        var modes = LocalModes(attributes);
        BinaryPrimitives.WriteUInt32LittleEndian(
            attributes[NativeTerminal.LocalModesOffset..], on ? modes | NativeTerminal.Echo : modes & ~NativeTerminal.Echo);
    }

    private static uint LocalModes(ReadOnlySpan<byte> attributes) => BinaryPrimitives.ReadUInt32LittleEndian(attributes[NativeTerminal.LocalModesOffset..]);
}
