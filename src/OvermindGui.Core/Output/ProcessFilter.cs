namespace OvermindGui.Core.Output;

/// <summary>Which processes a reader wants to see: all but the hidden ones.</summary>
public sealed record ProcessFilter(IReadOnlySet<string> Hidden)
{
    public static ProcessFilter Everything { get; } = new(new HashSet<string>());

    public bool IsEverything => Hidden.Count == 0;

    public bool Shows(string process) => !Hidden.Contains(process);
}
