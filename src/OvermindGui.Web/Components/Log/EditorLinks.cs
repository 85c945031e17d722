using System.Globalization;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Web.Components.Log;

/// <summary>
/// Addresses that open a place of a source file in the reader's editor. Output is hostile: only files that exist below the project's folder
/// get one, and only with a scheme of this list.
/// </summary>
public sealed class EditorLinks(ProjectFolder folder)
{
    private const int LongestPath = 1_000;

    /// <summary>Editors by the names of the setting, and how each is addressed.</summary>
    public static IReadOnlyDictionary<string, string> Editors { get; } = new Dictionary<string, string>
    {
        ["VS Code"] = "vscode://file{0}:{1}:{2}",
        ["VS Code Insiders"] = "vscode-insiders://file{0}:{1}:{2}",
        ["VSCodium"] = "vscodium://file{0}:{1}:{2}",
        ["Cursor"] = "cursor://file{0}:{1}:{2}",
        ["Zed"] = "zed://file{0}:{1}:{2}",
        ["JetBrains IDEs"] = "idea://open?file={0}&line={1}&column={2}",
        ["Sublime Text"] = "subl://open?url=file://{0}&line={1}&column={2}",
    };

    /// <summary>Null when no editor is chosen, or when the file is not one of the project's.</summary>
    public string? UriOf(string editor, string path, int line, int column)
    {
        if (path.Length is 0 or > LongestPath || path.Contains('\0') || !Editors.TryGetValue(editor, out var form)) return null;
        if (Find(path) is not { } file) return null;
        var encoded = string.Join('/', file.Split('/').Select(Uri.EscapeDataString));
        return string.Format(CultureInfo.InvariantCulture, form, encoded, Math.Max(1, line), Math.Max(1, column));
    }

    // Links lead out of the folder as well as dots do: where the file really is counts.
    private string? Find(string path)
    {
        if (RealPath.Of(folder.Root) is not { } root) return null;
        var file = Path.GetFullPath(path, root);
        if (!IsBelow(root, file) || !File.Exists(file)) return null;
        return RealPath.Of(file) is { } real && IsBelow(root, real) ? file : null;
    }

    private static bool IsBelow(string root, string file) => file.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal);
}
