using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Environments;

namespace OvermindGui.Core.Project.Planning;

/// <summary>The effective options. A flag overrides a variable, and a variable overrides the default.</summary>
public sealed record PlanSettings
{
    /// <summary>As given: relative to the project's folder, or absolute; the default name in the folder if not set.</summary>
    public required string Procfile { get; init; }

    /// <summary>True when a Procfile was named but not found.</summary>
    public bool IsProcfileGiven { get; init; }

    /// <summary>Every option that was set, and its source: flag, variable, or line of a file.</summary>
    public IReadOnlyList<(string Option, ConfiguredValue Value)> Configured { get; init; } = [];

    public string? Root { get; init; }

    /// <summary>Whether processes get a <c>PORT</c> variable.</summary>
    public bool HasPorts { get; init; } = true;

    public required PortRange Ports { get; init; }

    public required Formation Formation { get; init; }

    public required EntryList Only { get; init; }

    public required EntryList Except { get; init; }

    public required ExitPolicy Ends { get; init; }

    public required StopSignals StopSignals { get; init; }

    public TimeSpan StopTimeout { get; init; }

    public string? Shell { get; init; }

    /// <summary>The source of <see cref="Shell"/>; null when it was not set.</summary>
    public SourceLocation? ShellPlace { get; init; }

    /// <inheritdoc cref="ProjectPlan.Colors"/>
    public IReadOnlyList<int>? Colors { get; init; }

    public bool ShowTimestamps { get; init; }

    /// <summary>Never throws: an invalid value becomes a problem, and the default is used instead.</summary>
    public static (PlanSettings Settings, IReadOnlyList<Problem> Problems) Resolve(
        ProjectFolder folder, PlanOptions options, ProjectEnvironment environment)
    {
        var reader = new SettingReader(environment);
        var ports = new PortRange(
            reader.Number(reader.GetValue(options.BasePort, "--base-port", "OVERMIND_PORT", "PORT"), WorktreePort.DefaultFor(folder.Root), 0, PortRange.Highest),
            reader.Number(reader.GetValue(options.PortStep, "--port-step", "OVERMIND_PORT_STEP"), 100, 0, PortRange.Highest),
            reader.Number(reader.GetValue(null, "", "OVERMIND_FORMATION_PORT_STEP"), 10, 1, PortRange.Highest));
        var (procfile, shell) = (
            reader.GetValue(options.Procfile, "--procfile", "OVERMIND_PROCFILE"), reader.GetValue(options.Shell, "--shell", "OVERMIND_SHELL"));
        var settings = new PlanSettings
        {
            Procfile = procfile?.Value ?? folder.DefaultProcfileName(),
            IsProcfileGiven = procfile is not null,
            Root = reader.GetValue(options.Root, "--root")?.Value,
            HasPorts = !(reader.Switch(options.NoPort, "--no-port", "OVERMIND_NO_PORT") ?? false),
            Ports = ports,
            Formation = Formation.Read(reader.GetValue(options.Formation, "--formation", "OVERMIND_FORMATION"), ports, reader),
            Only = EntryList.From(reader.GetValue(options.Only, "--processes", "OVERMIND_PROCESSES")),
            Except = EntryList.From(reader.GetValue(options.Except, "--ignored-processes", "OVERMIND_IGNORED_PROCESSES")),
            Ends = ExitPolicy.Read(options, reader),
            StopSignals = StopSignals.Read(reader.GetValue(options.StopSignals, "--stop-signals", "OVERMIND_STOP_SIGNALS"), reader),
            StopTimeout = reader.Seconds(reader.GetValue(options.Timeout, "--timeout", "OVERMIND_TIMEOUT"), TimeSpan.FromSeconds(5)),
            Shell = shell?.Value,
            ShellPlace = shell?.Place,
            Colors = ReadColors(reader.GetValue(options.Colors, "--colors", "OVERMIND_COLORS"), reader),
            ShowTimestamps = reader.Switch(options.ShowTimestamps, "--show-timestamps", "OVERMIND_SHOW_TIMESTAMPS") ?? false,
        };
        return (settings with { Configured = reader.AllValues }, reader.Problems);
    }

    private static List<int>? ReadColors(ConfiguredValue? setting, SettingReader reader)
    {
        if (setting is null) return null;
        var colors = new List<int>();
        foreach (var part in setting.Value.Split(',', StringSplitOptions.TrimEntries))
        {
            if (byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var color)) colors.Add(color);
            else reader.AddError(setting, part, "xterm colours from 0 to 255, such as \"2,3,130\"");
        }

        return colors.Count > 0 ? colors : null;
    }
}
