namespace OvermindGui.Core.Contracts;

/// <summary>A problem in the project's files, options or variables.</summary>
/// <param name="Place">Where it is: <c>Procfile line 3</c>, <c>--formation</c>, <c>OVERMIND_PORT (.env line 2)</c>.</param>
/// <param name="Message">What is wrong and what was expected; never the value of a variable that may be secret.</param>
public sealed record PlanProblem(ProblemSeverity Severity, string Place, string Message)
{
    public string Place { get; } = PlainText.WithoutControls(Place);

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
