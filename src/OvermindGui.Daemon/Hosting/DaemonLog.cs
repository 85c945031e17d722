using System.Globalization;
using OvermindGui.Core.Project;
using OvermindGui.Daemon.Configuration;
using Serilog;
using Serilog.Events;
using Serilog.Filters;

namespace OvermindGui.Daemon.Hosting;

/// <summary><c>native-daemon.log</c>, in the Procfile's folder.</summary>
internal static class DaemonLog
{
    /// <summary>A property of what is printed in another way as well.</summary>
    public const string Printed = "Printed";

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
            configuration.WriteTo.Logger(console => console.Filter.ByExcluding(Matching.WithProperty(Printed))
                .WriteTo.Console(outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture));
        return configuration.CreateLogger();
    }
}
