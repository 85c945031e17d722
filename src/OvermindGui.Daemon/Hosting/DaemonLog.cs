using System.Globalization;
using OvermindGui.Core.Project;
using OvermindGui.Daemon.Configuration;
using Serilog;
using Serilog.Events;

namespace OvermindGui.Daemon.Hosting;

/// <summary><c>native-daemon.log</c>, in the Procfile's folder.</summary>
internal static class DaemonLog
{
    private const string Template = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";
    private const long MaxFileSize = 10 * 1024 * 1024;

    public static Serilog.Core.Logger Open(ProjectFolder folder, DaemonOptions options)
    {
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Is(options.Debug ? LogEventLevel.Debug : LogEventLevel.Information)
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Warning)
            .WriteTo.File(
                folder.DaemonLog, outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture,
                fileSizeLimitBytes: MaxFileSize, rollOnFileSizeLimit: true, retainedFileCountLimit: 3, hooks: new PrivateLogFiles());
        if (!options.Detached)
            configuration.WriteTo.Console(outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture);
        return configuration.CreateLogger();
    }
}
