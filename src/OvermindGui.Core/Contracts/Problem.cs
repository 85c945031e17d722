namespace OvermindGui.Core.Contracts;

/// <summary>A problem in the project's files, options or variables, or something that a check found.</summary>
/// <param name="Message">What is wrong and what was expected; never the value of a variable that may be secret.</param>
public sealed record Problem(SourceLocation Location, ProblemSeverity Severity, string Message)
{
    /// <param name="file">As the user knows it, such as <c>Procfile</c>.</param>
    /// <param name="line">1-based; 0 for the whole file.</param>
    public Problem(string file, int line, ProblemSeverity severity, string message)
        : this(new SourceLocation(file, line), severity, message)
    {
    }

    /// <summary>Null when it is not in a file.</summary>
    public string? File => Location.File;

    /// <summary>1-based; null for the whole file, and outside of files.</summary>
    public int? Line => Location.Line == 0 ? null : Location.Line;

    /// <summary>For display: <c>Procfile line 3</c>, <c>--formation</c>, <c>OVERMIND_PORT (.env line 2)</c>.</summary>
    public string Place => PlainText.WithoutControls(Location.ToString());

    public string Message { get; } = PlainText.WithoutControls(Message);

    public override string ToString() => $"{Place}: {Message}";
}

public enum ProblemSeverity
{
    /// <summary>Works here, but not under overmind.</summary>
    Hint,

    /// <summary>This part is ignored; everything else starts.</summary>
    Warning,

    /// <summary>Nothing starts until this is fixed.</summary>
    Error,
}
