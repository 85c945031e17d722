using System.Runtime.InteropServices;

namespace OvermindGui.Output;

/// <summary>Ctrl+C and SIGTERM as a cancellation token; the current line is finished first.</summary>
internal sealed class CancellationSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public CancellationSignals()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, 130));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, 143));
    }

    public CancellationToken Token => _stop.Token;

    /// <summary>128 plus the signal number, as in shells.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Acts as if a signal had arrived.</summary>
    public void Stop() => _stop.Cancel();

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        ExitCode = exitCode;
        _stop.Cancel();
    }
}
