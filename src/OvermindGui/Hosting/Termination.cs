using System.Runtime.InteropServices;

namespace OvermindGui.Hosting;

/// <summary>
/// Handles SIGTERM from the first line of the program on and stores it until a handler is registered. For the first process of a container
/// the kernel ignores signals without a handler, so the container engine would wait in vain. Any other process ends immediately as long as
/// no handler is registered.
/// </summary>
internal sealed class Termination : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PosixSignalRegistration _registration;
    private Action? _act;
    private bool _came;

    public Termination() => _registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Hear);

    /// <summary>True when the end of this process also ends its container and everything in it.</summary>
    public static bool EndsContainer { get; } = Environment.ProcessId == 1;

    /// <summary>Registers the handler; calls it immediately if the signal has arrived before.</summary>
    public void ActBy(Action act)
    {
        lock (_gate)
        {
            _act = act;
            if (_came) act();
        }
    }

    public void Dispose() => _registration.Dispose();

    private void Hear(PosixSignalContext context)
    {
        lock (_gate)
        {
            context.Cancel = EndsContainer || _act is not null;
            _came = true;
            _act?.Invoke();
        }
    }
}
