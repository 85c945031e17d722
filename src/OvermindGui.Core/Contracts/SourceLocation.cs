namespace OvermindGui.Core.Contracts;

/// <summary>Where a value was set or something is wrong: in a file, in an option or variable, or in a variable that a file sets.</summary>
/// <param name="File">As the user knows it, such as <c>.env</c>; null when no file is involved.</param>
/// <param name="Line">1-based; 0 for the whole file.</param>
/// <param name="Column">1-based; 0 for the whole line.</param>
public sealed record SourceLocation(string? File, int Line = 0, int Column = 0)
{
    /// <summary>The option or variable, such as <c>--formation</c>; null for a place in a file alone.</summary>
    public string? Setting { get; init; }

    /// <summary>An option, or a variable of the environment.</summary>
    public static SourceLocation Of(string setting) => new(File: null) { Setting = setting };

    /// <summary><c>Procfile line 3</c>, <c>--formation</c>, <c>OVERMIND_PORT (.env line 2)</c>.</summary>
    public override string ToString()
    {
        var file = File is null or { Length: > 0 } && Line == 0 ? File : Column == 0 ? $"{File} line {Line}" : $"{File} line {Line}, column {Column}";
        return Setting is null ? file ?? "" : file is null ? Setting : $"{Setting} ({file})";
    }
}
