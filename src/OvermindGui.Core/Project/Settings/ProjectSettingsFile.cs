using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Project.Settings;

/// <summary>
/// <c>overmind-gui.yaml</c>, the optional file next to a Procfile for settings that a Procfile cannot express: order, readiness, restarts,
/// folders and the like. The Procfile stays compatible with other tools.
/// </summary>
/// <param name="Processes">By name in the Procfile, in file order; invalid values are omitted.</param>
/// <param name="Problems">All problems, in file order.</param>
public sealed partial record ProjectSettingsFile(IReadOnlyDictionary<string, ProcessSettings> Processes, IReadOnlyList<SettingsProblem> Problems)
{
    public const string FileName = "overmind-gui.yaml";

    private const int MaxSize = 1024 * 1024;

    /// <summary><c>env_layers</c>: also read the layers of <c>.env</c>.</summary>
    public bool EnvLayers { get; init; }

    public static ProjectSettingsFile Empty { get; } = new(new Dictionary<string, ProcessSettings>(), []);

    /// <summary>Reads and parses the file in a project's folder; empty when it is missing. Never throws because of its content.</summary>
    /// <param name="folder">The Procfile's folder.</param>
    public static ProjectSettingsFile Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return Parse(BoundedFileReader.Read(path, MaxSize));
        }
        catch (FileNotFoundException)
        {
            return Empty;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unusable($"cannot be read: {e.Message}");
        }
    }

    /// <summary>Parses the bytes of a file. <see cref="FindProblems"/> does the validation that needs the Procfile.</summary>
    public static ProjectSettingsFile Parse(ReadOnlySpan<byte> bytes)
    {
        var problems = new List<SettingsProblem>();
        var root = NodeReader.Read(bytes, problems);
        var file = root is null ? Empty : new SettingsReader(new ValueReader(problems)).Read(root);
        return file with { Problems = [.. problems.OrderBy(p => p.Place.Line).ThenBy(p => p.Place.Column)] };
    }

    private static ProjectSettingsFile Unusable(string message) => Empty with { Problems = [new SettingsProblem(default, message)] };
}
