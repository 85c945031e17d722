using System.Runtime.InteropServices;

namespace OvermindGui.Hosting;

/// <summary>
/// SIGTERM, heard from our first line on and held until somebody can act on it. The kernel drops what the first process of a container
/// has no handler for, and its engine would wait in vain; any other process simply ends until then.
/// </summary>
internal sealed class Termination : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PosixSignalRegistration _registration;
    private Action? _act;
    private bool _came;

    public Termination() => _registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Hear);

    /// <summary>Whether the end of this process is that of a container, and of all that runs in it.</summary>
    public static bool EndsContainer { get; } = Environment.ProcessId == 1;

    /// <summary>From now on the signal is answered so, at once if it has come.</summary>
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
