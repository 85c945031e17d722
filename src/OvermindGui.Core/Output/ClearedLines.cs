using OvermindGui.Core.Data;

namespace OvermindGui.Core.Output;

/// <summary>Which stored lines were cleared: all of a process up to an id. No reader sees them, though they may be there for a while.</summary>
public sealed class ClearedLines : IEquatable<ClearedLines>
{
    private readonly Dictionary<int, long> _upTo;

    internal ClearedLines(IEnumerable<KnownProcess> processes) =>
        _upTo = processes.Where(p => p.ClearedId > 0).ToDictionary(p => p.Id, p => p.ClearedId);

    /// <summary>No line above this id was cleared, of whatever process.</summary>
    internal long Highest => _upTo.Count == 0 ? 0 : _upTo.Values.Max();

    /// <summary>The newest line of a process that was cleared; 0 when none was.</summary>
    internal long UpTo(int process) => _upTo.GetValueOrDefault(process);

    public bool Equals(ClearedLines? other) =>
        other is not null && _upTo.Count == other._upTo.Count && _upTo.All(p => other.UpTo(p.Key) == p.Value);

    public override bool Equals(object? obj) => Equals(obj as ClearedLines);

    public override int GetHashCode() => HashCode.Combine(_upTo.Count, Highest);
}
