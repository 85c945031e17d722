using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Failures;

/// <summary>A snapshot of the declarations file.</summary>
public sealed class DeclarationsSnapshot
{
    private readonly byte[]? _bytes;
    private readonly string? _unreadable;
    private readonly Lazy<DeclarationsReading> _reading;

    internal DeclarationsSnapshot(byte[]? bytes, string? unreadable)
    {
        (_bytes, _unreadable) = (bytes, unreadable);
        _reading = new(() => unreadable is null
            ? DeclarationsParser.Parse(bytes)
            : DeclarationsReading.Empty with { Problems = [new Problem(ProjectFolder.DeclarationsFileName, 0, ProblemSeverity.Warning, unreadable)] });
    }

    /// <summary>The parsed content, or everything that is wrong with it.</summary>
    public DeclarationsReading Reading => _reading.Value;

    /// <summary>
    /// Some editors truncate the file before they rewrite it, so an empty or invalid file is read again a little later.
    /// </summary>
    public bool IsUnsettled => (_bytes is not null && DeclarationsParser.IsBlank(_bytes)) || Reading.Problems.Count > 0;

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>True when the file has not changed in between. An empty file differs from a missing one.</summary>
    public bool IsSameAs(DeclarationsSnapshot? other) =>
        other is not null && _unreadable == other._unreadable && _bytes is null == other._bytes is null && Bytes.SequenceEqual(other.Bytes);

    internal bool IsFile => _bytes is not null;
}
