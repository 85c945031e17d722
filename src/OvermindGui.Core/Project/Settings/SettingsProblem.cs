namespace OvermindGui.Core.Project.Settings;

/// <summary>A position in the file, line and column from 1; both 0 for the whole file.</summary>
public readonly record struct FilePlace(int Line, int Column);

/// <summary>An invalid value in <c>overmind-gui.yaml</c>, and what was expected.</summary>
public sealed record SettingsProblem(FilePlace Place, string Message)
{
    /// <summary>True when the processes can run, but probably not as intended.</summary>
    public bool IsWarning { get; init; }

    /// <summary>The file and the position in it, for display.</summary>
    public string Where => Place.Line == 0 ? ProjectSettingsFile.FileName : $"{ProjectSettingsFile.FileName} line {Place.Line}, column {Place.Column}";

    public override string ToString() => $"{Where}: {Message}";
}
