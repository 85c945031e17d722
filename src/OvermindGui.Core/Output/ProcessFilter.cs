namespace OvermindGui.Core.Output;

/// <summary>Selects the processes to show: all except the hidden ones, or only the named ones.</summary>
public sealed record ProcessFilter(IReadOnlySet<string> Hidden)
{
    private HashSet<string>? Shown { get; init; }

    public static ProcessFilter Everything { get; } = new(new HashSet<string>());

    public bool IsEverything => Hidden.Count == 0 && Shown is null;

    /// <summary>Only the named processes, even if they are not known yet.</summary>
    public static ProcessFilter Only(params IEnumerable<string> names) => Everything with { Shown = [.. names] };

    public bool Shows(string process) => Shown?.Contains(process) ?? !Hidden.Contains(process);

    public bool Equals(ProcessFilter? other) => other is not null && Hidden.SetEquals(other.Hidden)
        && (Shown is null ? other.Shown is null : other.Shown is not null && Shown.SetEquals(other.Shown));

    public override int GetHashCode() => HashCode.Combine(Hidden.Count, Shown?.Count);
}
