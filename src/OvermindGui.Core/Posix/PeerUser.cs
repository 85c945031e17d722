using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace OvermindGui.Core.Posix;

/// <summary>The user at the other end of a Unix socket, as reported by the kernel.</summary>
/// <param name="Pid">Null where the system does not report it, and for a process in another container.</param>
public readonly partial record struct PeerUser(uint User, int? Pid)
{
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int PeerCredentials = 17; // SO_PEERCRED
    private const uint Root = 0;

    /// <summary>Null when the kernel does not say.</summary>
    public static PeerUser? Of(Socket socket)
    {
        try
        {
            if (!OperatingSystem.IsLinux()) return GetPeer(socket.SafeHandle, out var user, out _) == 0 ? new PeerUser(user, null) : null;
            Span<byte> credentials = stackalloc byte[12]; // struct ucred: pid, uid, gid
            if (socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) != credentials.Length) return null;
            var pid = MemoryMarshal.Read<int>(credentials);
            return new PeerUser(MemoryMarshal.Read<uint>(credentials[4..]), pid > 0 ? pid : null);
        }
        catch (SocketException)
        {
            return null; // gone already
        }
    }

    /// <summary>True for the user that this program runs as, and for root.</summary>
    public bool IsTrusted => User == NativeProcess.EffectiveUser() || User == Root;

    [LibraryImport("libc", EntryPoint = "getpeereid", SetLastError = true)]
    private static partial int GetPeer(SafeHandle socket, out uint user, out uint group);
}
