namespace OvermindGui.Core.Contracts;

/// <summary>Something to tell about what a person wrote: files, options, variables.</summary>
/// <param name="Place">Where it stands: <c>Procfile line 3</c>, <c>--formation</c>, <c>OVERMIND_PORT (.env line 2)</c>.</param>
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

    /// <summary>What stands there is not used; all else starts.</summary>
    Warning,

    /// <summary>Nothing starts until it is put right.</summary>
    Error,
}
