using OvermindGui.Core.Contracts;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project.Settings;

namespace OvermindGui.Core.Project.Planning;

/// <summary>
/// <c>.foreman</c>: a project's defaults for foreman's options. They apply when neither a flag nor a variable is set.
/// </summary>
/// <param name="Values">By flag, such as <c>--procfile</c>.</param>
/// <param name="Problems">Invalid values in the file.</param>
public sealed record ForemanFile(IReadOnlyDictionary<string, ConfiguredValue> Values, IReadOnlyList<Problem> Problems)
{
    public const string FileName = ".foreman";

    private const int MaxSize = 64 * 1024;

    private static readonly Dictionary<string, string> Flags = new()
    {
        ["procfile"] = "--procfile",
        ["port"] = "--base-port",
        ["env"] = "--env",
        ["formation"] = "--formation",
        ["concurrency"] = "--formation", // its name in older versions
        ["root"] = "--root",
        ["timeout"] = "--timeout",
    };

    public static ForemanFile Empty { get; } = new(new Dictionary<string, ConfiguredValue>(), []);

    /// <summary>Reads the file in a project's folder. Never throws because of its content.</summary>
    public static ForemanFile Load(string folder)
    {
        try
        {
            return Parse(BoundedFileReader.Read(Path.Combine(folder, FileName), MaxSize));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Empty;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Empty with { Problems = [new Problem(FileName, 0, ProblemSeverity.Warning, $"cannot be read: {e.Message}")] };
        }
    }

    private static ForemanFile Parse(byte[] bytes)
    {
        var found = new List<Problem>();
        var root = NodeReader.Read(bytes, FileName, found);
        var values = new Dictionary<string, ConfiguredValue>();
        if (root is MapNode map)
            foreach (var (key, value) in map.Entries.Where(e => Flags.ContainsKey(e.Key.Value.TrimStart(':')) && !e.Value.IsNull))
                if (value is TextNode text)
                    values[Flags[key.Value.TrimStart(':')]] =
                        new ConfiguredValue(Meaning(key.Value, text.Value), key.Place with { Column = 0 });
                else
                    found.Add(new Problem(value.Place, ProblemSeverity.Warning, $"{key.Excerpt}: expected a text or a number, found {value.Described}"));
        else if (root is { IsNull: false })
            found.Add(new Problem(root.Place, ProblemSeverity.Warning, $"expected lines such as \"port: 3000\", found {root.Described}"));
        return new ForemanFile(values, [.. found.Select(p => new Problem(p.Location with { Column = 0 }, ProblemSeverity.Warning, p.Message))]);
    }

    // In foreman, entries that a formation does not name do not run.
    private static string Meaning(string key, string value) =>
        Flags[key.TrimStart(':')] == "--formation" && !value.Split(',').Any(part => part.TrimStart().StartsWith("all=", StringComparison.Ordinal))
            ? $"{value},all=0"
            : value;
}
