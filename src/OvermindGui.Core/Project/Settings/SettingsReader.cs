using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Project.Settings;

/// <summary>Converts the document's root to the settings of the project, and collects problems.</summary>
internal sealed class SettingsReader(ValueReader values)
{
    private const string Processes = "processes";

    private static readonly Dictionary<string, RestartRule> RestartRules = new()
    {
        ["no"] = RestartRule.Never,
        ["on-failure"] = RestartRule.OnFailure,
        ["always"] = RestartRule.Always,
    };

    private static readonly Dictionary<string, StopSignal> Signals = Enum.GetValues<StopSignal>().ToDictionary(StopSignals.ToText);

    private static readonly Dictionary<string, bool> TerminalPalettes = new() { ["dark"] = false, ["light"] = true };

    public ProjectSettingsFile Read(Node root)
    {
        // A dictionary keeps its insertion order as long as nothing is removed.
        var processes = new Dictionary<string, ProcessSettings>();
        var (envLayers, noInput, light) = (false, false, false);
        IReadOnlyList<AlertSetting> alerts = [];
        var hub = new HubSetting();
        var otlp = new OtlpReader(values);
        var keep = new RetentionLimits();
        values.Keys(new Field(root, ""), new Dictionary<string, Action<Field>>
        {
            [Processes] = field =>
            {
                foreach (var (name, settings) in values.Entries(field with { Path = "" })) processes[name.Value] = ReadProcess(name, settings);
            },
            ["alerts"] = field => alerts = new AlertReader(values).Read(field),
            ["keep"] = field => keep = new KeepReader(values).Read(field),
            ["env_layers"] = field => envLayers = values.Flag(field) ?? false,
            ["no_input"] = field => noInput = values.Flag(field) ?? false,
            ["terminal_colors"] = field => light = values.Word(field, TerminalPalettes) ?? false,
            ["hub"] = field => hub = hub with { Address = values.Text(field) },
            ["hub_control"] = field => hub = hub with { Control = values.Flag(field) ?? false },
            ["hub_redact"] = field => hub = hub with { Redact = values.Flag(field) ?? false },
            ["otlp"] = otlp.ReadEndpoint,
            ["otlp_headers"] = otlp.ReadHeaders,
            ["otlp_compression"] = otlp.ReadCompression,
            ["otlp_ca"] = otlp.ReadAuthority,
            ["otlp_redact"] = otlp.ReadRedact,
        });
        return new ProjectSettingsFile(processes, [])
        {
            EnvLayers = envLayers,
            NoInput = noInput,
            HasLightTerminals = light,
            Alerts = alerts,
            Hub = hub,
            Otlp = otlp.Result,
            Keep = keep,
        };
    }

    private ProcessSettings ReadProcess(TextNode name, Field field)
    {
        var settings = new ProcessSettings(name.Place);
        values.Keys(field, new Dictionary<string, Action<Field>>
        {
            ["depends_on"] = f => settings = settings with { DependsOn = new DependencyReader(values).Read(f) },
            ["ready"] = f => settings = settings with { Ready = new ReadyReader(values).Read(f) },
            ["one_shot"] = f => settings = settings with { OneShot = values.Flag(f) ?? false },
            ["restart"] = f => settings = settings with { Restart = values.Word(f, RestartRules) },
            ["stop_signal"] = f => settings = settings with { StopSignal = values.Word(f, Signals) },
            ["stop"] = f => settings = settings with { Stop = new StopReader(values).Read(f) },
            ["timeout"] = f => settings = settings with { StopTimeout = values.Duration(f) },
            ["pty"] = f => settings = settings with { Pty = values.Flag(f) },
            ["env"] = f => settings = settings with { Environment = new EnvironmentReader(values).Read(f) },
            ["cwd"] = f => settings = settings with { WorkingDirectory = values.Text(f) is { } path ? new PlacedText(path, f.Node.Place) : null },
            ["group"] = f => settings = settings with { Group = values.Text(f) },
            ["max_memory"] = f => settings = settings with { MaxMemory = new LimitReader(values).Memory(f) },
            ["max_cpu"] = f => settings = settings with { MaxCpu = new LimitReader(values).Cpu(f) },
            ["success_codes"] = f => settings = settings with { SuccessCodes = ReadCodes(f) },
            ["liveness"] = f => settings = settings with { Liveness = new LivenessReader(values).Read(f) },
            ["watch"] = f => settings = settings with { Watch = new WatchReader(values).Read(f) },
            ["schedule"] = f => settings = settings with { Schedule = new ScheduleReader(values).Read(f) },
        });
        if (settings is { Liveness: { Target: null } alone, Ready: null })
        {
            values.AddError(alone.Place, $"{field.Path}.liveness: expected one of tcp, http, log and command, because there is no ready check to go on with");
            settings = settings with { Liveness = null };
        }

        if (settings is { OneShot: true, Restart: RestartRule.Always })
            values.AddError(name.Place, $"{field.Path}: one_shot and \"restart: always\" contradict each other; expected one of them");
        if (settings is { Schedule: not null, Restart: RestartRule.Always })
            values.AddError(name.Place, $"{field.Path}: schedule and \"restart: always\" contradict each other; expected one of them");
        return settings;
    }

    private List<int>? ReadCodes(Field field)
    {
        var codes = ValueReader.Items(field).Select(item => values.Number(item, 0, 255)).OfType<int>().Distinct().Order().ToList();
        return codes.Count > 0 ? codes : null;
    }
}
