namespace OvermindGui.Core.Project.Settings;

/// <summary>A place in the file, line and column from 1; both 0 for the whole file.</summary>
public readonly record struct FilePlace(int Line, int Column);

/// <summary>Something in <c>overmind-gui.yaml</c> that cannot be used, and what was expected.</summary>
public sealed record SettingsProblem(FilePlace Place, string Message)
{
    /// <summary>The processes can run as it stands, but hardly as it was meant.</summary>
    public bool IsWarning { get; init; }

    /// <summary>The file and the place in it, for people.</summary>
    public string Where => Place.Line == 0 ? ProjectSettingsFile.FileName : $"{ProjectSettingsFile.FileName} line {Place.Line}, column {Place.Column}";

    public override string ToString() => $"{Where}: {Message}";
}
