using System.Text;
using OvermindGui.Core.Posix;
using Serilog.Sinks.File;

namespace OvermindGui.Daemon.Hosting;

/// <summary>
/// Restricts a new log file to its owner before the first line is written. An existing file keeps its mode.
/// </summary>
internal sealed class PrivateLogFiles : FileLifecycleHooks
{
    public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
    {
        if (new FileInfo(path) is { Length: 0, LinkTarget: null } && !OperatingSystem.IsWindows()) File.SetUnixFileMode(path, PrivateFile.Mode);
        return base.OnFileOpened(path, underlyingStream, encoding);
    }
}
