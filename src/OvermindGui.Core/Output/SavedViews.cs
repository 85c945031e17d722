using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>What a page shows, under a name.</summary>
/// <param name="Query">The query of the page's address, without the question mark.</param>
public sealed record ViewInfo(string Name, string Query);

/// <summary>Keeps views of the page for everybody in the project.</summary>
public sealed class SavedViews(OvermindDatabase database, TimeProvider time)
{
    /// <summary>The longest name.</summary>
    public const int LongestName = 60;

    private const int LongestQuery = 4_000;
    private const int Most = 200;

    /// <summary>All views, by name.</summary>
    public IReadOnlyList<ViewInfo> Read()
    {
        if (!database.IsReady()) return [];
        using var connection = database.OpenConnection();
        return connection.HasTable("saved_views") // not in the file of an older daemon
            ? connection.Query("SELECT name, query FROM saved_views ORDER BY name", row => new ViewInfo(row.GetString(0), row.GetString(1)))
            : [];
    }

    /// <summary>The view of this name, in any case; null when there is none.</summary>
    public ViewInfo? Find(string name) => Read().FirstOrDefault(view => view.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>Saves a view, in place of one of the same name. Null when that is done, else why not.</summary>
    public string? Save(string name, string query)
    {
        name = name.Trim();
        query = query.TrimStart('?');
        if (NameProblem(name) is { } problem) return $"name: {problem}";
        if (query.Length > LongestQuery || query.Any(c => char.IsControl(c) || c == '#')) return $"query: expected what follows the question mark of the page's address, {LongestQuery} characters at most";
        using var connection = database.OpenConnection();
        if (!connection.HasTable("saved_views")) return OvermindDatabase.AfterRestart;
        if (connection.Scalar("SELECT 1 FROM saved_views WHERE name = $1", name) is null && connection.Scalar("SELECT count(*) FROM saved_views") is >= (long)Most)
            return $"There are {Most} views already; remove some first";
        connection.Execute(
            null, "INSERT INTO saved_views(name, query, saved_at) VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET query = $2, saved_at = $3", name, query, time.Seconds());
        return null;
    }

    /// <summary>Gives a view another name. Null when that is done, else why not.</summary>
    public string? Rename(string name, string newName)
    {
        (name, newName) = (name.Trim(), newName.Trim());
        if (NameProblem(newName) is { } problem) return $"new_name: {problem}";
        if (Find(name) is null) return $"name: {Unknown(name)}";
        if (!name.Equals(newName, StringComparison.OrdinalIgnoreCase) && Find(newName) is { } other) return $"new_name: there is a view {other.Name} already";
        using var connection = database.OpenConnection();
        connection.Execute(null, "UPDATE saved_views SET name = $2 WHERE name = $1", name, newName);
        return null;
    }

    /// <summary>Removes a view; false when there is none of this name.</summary>
    public bool Remove(string name)
    {
        using var connection = database.OpenConnection();
        return connection.HasTable("saved_views")
            && connection.Query("DELETE FROM saved_views WHERE name = $1 RETURNING id", row => row.GetInt64(0), name.Trim()).Count > 0;
    }

    /// <summary>What is said of a name that no view has.</summary>
    public string Unknown(string name) =>
        $"there is no view {PlainText.Excerpt(name)} (known: {string.Join(", ", Read().Select(view => view.Name).DefaultIfEmpty("none"))})";

    private static string? NameProblem(string name) => name.Length is 0 or > LongestName || name.Any(char.IsControl) ? $"expected 1 to {LongestName} characters" : null;
}
