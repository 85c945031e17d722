using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Failures;

/// <summary>The content of <c>failure_declarations.json</c>, or everything that is wrong with it.</summary>
/// <param name="ByProcess">
/// In the order of the file. Empty when there are problems: a partial set could differ from what was intended.
/// </param>
public sealed record DeclarationsReading(
    IReadOnlyDictionary<string, IReadOnlyList<FailureDeclaration>> ByProcess, IReadOnlyList<Problem> Problems)
{
    public static DeclarationsReading Empty { get; } = new(new Dictionary<string, IReadOnlyList<FailureDeclaration>>(), []);

    /// <summary>The declarations of a process, none when it has none.</summary>
    public IReadOnlyList<FailureDeclaration> For(string process) => ByProcess.GetValueOrDefault(process, []);
}
