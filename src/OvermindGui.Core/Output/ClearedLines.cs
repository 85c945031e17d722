using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>The cleared lines: all lines of a process up to an id. Readers skip them until they are deleted.</summary>
public sealed class ClearedLines : IEquatable<ClearedLines>
{
    private readonly Dictionary<int, long> _upTo = [];
    private readonly Dictionary<string, long> _upToByName = [];

    internal ClearedLines(IEnumerable<KnownProcess> processes)
    {
        foreach (var process in processes.Where(p => p.ClearedId > 0))
            _upTo[process.Id] = _upToByName[process.Name] = process.ClearedId;
    }

    /// <summary>No cleared lines.</summary>
    public static ClearedLines None { get; } = new([]);

    /// <summary>No line above this id is cleared, for any process.</summary>
    internal long Highest => _upTo.Count == 0 ? 0 : _upTo.Values.Max();

    /// <summary>The newest cleared line of a process; 0 when there is none.</summary>
    internal long UpTo(int process) => _upTo.GetValueOrDefault(process);

    /// <summary>The processes whose cleared range has changed, and its new upper bound.</summary>
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
