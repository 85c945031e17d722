using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>Which stored lines were cleared: all of a process up to an id. No reader sees them, though they may be there for a while.</summary>
public sealed class ClearedLines : IEquatable<ClearedLines>
{
    private readonly Dictionary<int, long> _upTo = [];
    private readonly Dictionary<string, long> _upToByName = [];

    internal ClearedLines(IEnumerable<KnownProcess> processes)
    {
        foreach (var process in processes.Where(p => p.ClearedId > 0))
            _upTo[process.Id] = _upToByName[process.Name] = process.ClearedId;
    }

    /// <summary>Nothing was cleared.</summary>
    public static ClearedLines None { get; } = new([]);

    /// <summary>No line above this id was cleared, of whatever process.</summary>
    internal long Highest => _upTo.Count == 0 ? 0 : _upTo.Values.Max();

    /// <summary>The newest line of a process that was cleared; 0 when none was.</summary>
    internal long UpTo(int process) => _upTo.GetValueOrDefault(process);

    /// <summary>Processes whose cleared lines are others than they were, and up to which id they are now.</summary>
    public IEnumerable<(string Process, long UpTo)> ChangesSince(ClearedLines former) =>
        from process in _upToByName.Keys.Union(former._upToByName.Keys)
        let upTo = _upToByName.GetValueOrDefault(process)
        where upTo != former._upToByName.GetValueOrDefault(process)
        select (process, upTo);

    public bool Equals(ClearedLines? other) =>
        other is not null && _upTo.Count == other._upTo.Count && _upTo.All(p => other.UpTo(p.Key) == p.Value);

    public override bool Equals(object? obj) => Equals(obj as ClearedLines);

    public override int GetHashCode() => HashCode.Combine(_upTo.Count, Highest);
}
