using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Project.Settings;

/// <summary>
/// <c>overmind-gui.yaml</c>, which stands beside a Procfile and says what its lines cannot: order, readiness, restarts, folders and the like.
/// The Procfile stays one that every other tool can run.
/// </summary>
/// <param name="Processes">By name in the Procfile, in the order of the file; what has a problem is as if it had not been written.</param>
/// <param name="Problems">All of them, in the order of the file.</param>
public sealed partial record ProjectSettingsFile(IReadOnlyDictionary<string, ProcessSettings> Processes, IReadOnlyList<SettingsProblem> Problems)
{
    public const string FileName = "overmind-gui.yaml";

    private const int MaxSize = 1024 * 1024;

    /// <summary><c>env_layers</c>: also the layers of <c>.env</c> are read.</summary>
    public bool EnvLayers { get; init; }

    public static ProjectSettingsFile Empty { get; } = new(new Dictionary<string, ProcessSettings>(), []);

    /// <summary>Reads and parses the file of a project's folder; without one, nothing is said. Never throws on what it holds.</summary>
    /// <param name="folder">The Procfile's.</param>
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

    /// <summary>Parses the bytes of a file. What needs the Procfile to be judged is told by <see cref="FindProblems"/>.</summary>
    public static ProjectSettingsFile Parse(ReadOnlySpan<byte> bytes)
    {
        var problems = new List<SettingsProblem>();
        var root = NodeReader.Read(bytes, problems);
        var file = root is null ? Empty : new SettingsReader(new ValueReader(problems)).Read(root);
        return file with { Problems = [.. problems.OrderBy(p => p.Place.Line).ThenBy(p => p.Place.Column)] };
    }

    private static ProjectSettingsFile Unusable(string message) => Empty with { Problems = [new SettingsProblem(default, message)] };
}
