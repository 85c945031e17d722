using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Win32.SafeHandles;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Control;

/// <summary>
/// The Unix socket on which a folder's daemon listens, and how clients connect to it. It is next to the PID file; if that file system
/// supports no sockets, it is in <c>XDG_RUNTIME_DIR</c> under a name derived from the folder.
/// </summary>
public sealed class ControlSocket : IDisposable
{
    // sun_path has 108 bytes on Linux and 104 on macOS, with the NUL at the end.
    private static readonly int LongestPath = OperatingSystem.IsMacOS() ? 103 : 107;
    private const int Backlog = 128;
    private const string RuntimeFolder = "overmind-gui";
    private const UnixFileMode FolderMode = PrivateFile.Mode | UnixFileMode.UserExecute;
    private static readonly TimeSpan BusyPatience = TimeSpan.FromSeconds(2);

    private readonly FileIdentity? _identity;

    private ControlSocket(Socket listener, string path, string? whyElsewhere)
    {
        (Listener, Path, WhyElsewhere) = (listener, path, whyElsewhere);
        _identity = FileStatus.Of(path)?.Identity;
    }

    /// <summary>Bound and listening.</summary>
    public Socket Listener { get; }

    public string Path { get; }

    /// <summary>Why it is not in the data folder; null when it is.</summary>
    public string? WhyElsewhere { get; }

    /// <summary>False when its directory entry was removed or replaced.</summary>
    public bool IsInPlace => FileStatus.Of(Path)?.Identity == _identity;

    /// <summary>Only the daemon calls this, while it holds the folder's lock; so an existing socket belongs to a killed daemon.</summary>
    /// <exception cref="IOException">No socket can be created, or the name is taken by something else.</exception>
    public static ControlSocket Listen(ProjectFolder folder)
    {
        try
        {
            return Bind(folder.Socket, whyElsewhere: null);
        }
        catch (SocketException e)
        {
            var why = $"{folder.Data} carries no sockets ({e.Message})";
            if (PathInRuntimeFolder(folder) is not { } elsewhere)
                throw new IOException($"{why}, and XDG_RUNTIME_DIR is not set", e);
            try
            {
                PrepareRuntimeFolder(System.IO.Path.GetDirectoryName(elsewhere)!);
                return Bind(elsewhere, why);
            }
            catch (Exception again) when (again is SocketException or UnauthorizedAccessException)
            {
                throw new IOException($"{why}, and in XDG_RUNTIME_DIR: {again.Message}", again);
            }
        }
    }

    /// <summary>Connects to the folder's daemon. Null when none listens, or when it belongs to another user.</summary>
    public static async Task<Socket?> TryConnectAsync(ProjectFolder folder, CancellationToken cancellationToken)
    {
        foreach (var path in PathsOf(folder))
            if (FileStatus.Of(path) is { Kind: FileKind.Socket } && await TryConnectAsync(path, cancellationToken) is { } socket)
                return socket;
        return null;
    }

    /// <summary>The socket's current path, for messages; null when there is none.</summary>
    public static string? Find(ProjectFolder folder) => PathsOf(folder).FirstOrDefault(path => FileStatus.Of(path) is { Kind: FileKind.Socket });

    public void Dispose()
    {
        if (IsInPlace) File.Delete(Path);
        Listener.Dispose();
    }

    private static IEnumerable<string> PathsOf(ProjectFolder folder) =>
        PathInRuntimeFolder(folder) is { } elsewhere ? [folder.Socket, elsewhere] : [folder.Socket];

    private static string? PathInRuntimeFolder(ProjectFolder folder) =>
        Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime && FileStatus.Of(folder.Data, followLinks: true) is { } status
            ? System.IO.Path.Combine(
                runtime, RuntimeFolder, string.Create(CultureInfo.InvariantCulture, $"{status.Identity.Inode:x}-{status.Identity.Birth:x}.sock"))
            : null;

    private static void PrepareRuntimeFolder(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(path, FolderMode);
        if (FileStatus.Of(path) is not { Kind: FileKind.Folder } status || (status.Mode & ~FolderMode) != UnixFileMode.None)
            throw new UnauthorizedAccessException($"{path} is no folder for its owner alone (0700)");
    }

    private static ControlSocket Bind(string path, string? whyElsewhere)
    {
        if (FileStatus.Of(path) is { Kind: not FileKind.Socket }) throw new IOException($"{path} is no socket; remove it");
        // The socket is renamed into place once it listens. So no client finds it too early, and .NET, which deletes the path it bound,
        // never deletes another daemon's socket.
        var unfinished = path + "~";
        File.Delete(unfinished);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        SafeFileHandle? folder = null;
        try
        {
            socket.Bind(EndPoint(unfinished, out folder));
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(unfinished, PrivateFile.Mode);
            socket.Listen(Backlog);
            File.Move(unfinished, path, overwrite: true);
            return new ControlSocket(socket, path, whyElsewhere);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        finally
        {
            folder?.Dispose();
        }
    }

    private static async Task<Socket?> TryConnectAsync(string path, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                var endPoint = EndPoint(path, out var folder);
                using (folder) await socket.ConnectAsync(endPoint, cancellationToken);
                if (PeerUser.Of(socket) is { IsTrusted: true }) return socket;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.TryAgain
                && TimeProvider.System.GetElapsedTime(started) < BusyPatience)
            {
                socket.Dispose(); // many come at once
                await Task.Delay(10, cancellationToken);
                continue;
            }
            catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
            {
                // left by a killed daemon, or inaccessible
            }
            catch
            {
                socket.Dispose();
                throw;
            }

            socket.Dispose();
            return null;
        }
    }

    // A path that is too long for sun_path is reached through its folder.
    private static UnixDomainSocketEndPoint EndPoint(string path, out SafeFileHandle? folder)
    {
        folder = null;
        if (Encoding.UTF8.GetByteCount(path) <= LongestPath) return new UnixDomainSocketEndPoint(path);
        if (!OperatingSystem.IsLinux()) throw new SocketException((int)SocketError.InvalidArgument, $"{path} has more than {LongestPath} bytes");
        folder = FileOpening.Open(System.IO.Path.GetDirectoryName(path)!, OpenModes.FollowLinks);
        return new UnixDomainSocketEndPoint($"/proc/self/fd/{folder.DangerousGetHandle()}/{System.IO.Path.GetFileName(path)}");
    }
}
