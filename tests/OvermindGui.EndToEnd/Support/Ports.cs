using System.Net;
using System.Net.Sockets;

namespace OvermindGui.EndToEnd.Support;

/// <summary>
/// Each is given to one test only: what another starts while a dashboard restarts would else take its place. Below those that the system gives
/// to connections; two runs side by side begin at different ones.
/// </summary>
internal static class Ports
{
    private static int _last = 18_000 + (Environment.ProcessId % 64 * 200);

    public static int Next()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref _last);
            if (IsFree(port)) return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
