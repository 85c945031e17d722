using System.Text;
using OvermindGui.Core.Posix;
using Serilog.Sinks.File;

namespace OvermindGui.Daemon.Hosting;

/// <summary>
/// Makes a new log file its owner's alone before the first line is in it. One that is already there keeps the mode somebody gave it.
/// </summary>
internal sealed class PrivateLogFiles : FileLifecycleHooks
{
    public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
    {
        if (new FileInfo(path) is { Length: 0, LinkTarget: null } && !OperatingSystem.IsWindows()) File.SetUnixFileMode(path, PrivateFile.Mode);
        return base.OnFileOpened(path, underlyingStream, encoding);
    }
}
