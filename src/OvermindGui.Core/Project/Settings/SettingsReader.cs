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

    public ProjectSettingsFile Read(Node root)
    {
        // A dictionary keeps its insertion order as long as nothing is removed.
        var processes = new Dictionary<string, ProcessSettings>();
        var envLayers = false;
        values.Keys(new Field(root, ""), new Dictionary<string, Action<Field>>
        {
            [Processes] = field =>
            {
                foreach (var (name, settings) in values.Entries(field with { Path = "" })) processes[name.Value] = ReadProcess(name, settings);
            },
            ["env_layers"] = field => envLayers = values.Flag(field) ?? false,
        });
        return new ProjectSettingsFile(processes, []) { EnvLayers = envLayers };
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
            ["timeout"] = f => settings = settings with { StopTimeout = values.Duration(f) },
            ["pty"] = f => settings = settings with { Pty = values.Flag(f) },
            ["env"] = f => settings = settings with { Environment = new EnvironmentReader(values).Read(f) },
            ["cwd"] = f => settings = settings with { WorkingDirectory = values.Text(f) is { } path ? new PlacedText(path, f.Node.Place) : null },
            ["group"] = f => settings = settings with { Group = values.Text(f) },
        });
        if (settings is { OneShot: true, Restart: RestartRule.Always })
            values.Refuse(name.Place, $"{field.Path}: one_shot and \"restart: always\" contradict each other; expected one of them");
        return settings;
    }
}
