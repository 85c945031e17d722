namespace OvermindGui.Core.Control;

/// <summary>The command to run this program again: its own executable, or <c>dotnet overmind-gui.dll</c>.</summary>
/// <param name="File">Absolute path of the file to execute.</param>
/// <param name="Prefix">Arguments to insert before the command's own.</param>
public sealed record SelfExecutable(string File, IReadOnlyList<string> Prefix)
{
    public static SelfExecutable Current()
    {
        var file = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is not known");
        return Path.GetFileNameWithoutExtension(file) == "dotnet"
            ? new SelfExecutable(file, [Path.GetFullPath(Environment.GetCommandLineArgs()[0])])
            : new SelfExecutable(file, []);
    }
}
