namespace OvermindGui.Core.Failures;

/// <summary>The declarations file at one moment.</summary>
public sealed class DeclarationsLook
{
    private readonly byte[]? _bytes;
    private readonly string? _unreadable;
    private readonly Lazy<DeclarationsReading> _reading;

    internal DeclarationsLook(byte[]? bytes, string? unreadable)
    {
        (_bytes, _unreadable) = (bytes, unreadable);
        _reading = new(() => unreadable is null
            ? DeclarationsParser.Parse(bytes)
            : DeclarationsReading.Empty with { Problems = [new DeclarationsProblem(0, unreadable)] });
    }

    /// <summary>What the file says, or all that is wrong with it.</summary>
    public DeclarationsReading Reading => _reading.Value;

    /// <summary>
    /// Some editors empty the file and write it anew: what is empty or broken deserves a second look, a little later.
    /// </summary>
    public bool IsUnsettled => (_bytes is not null && DeclarationsParser.IsBlank(_bytes)) || Reading.Problems.Count > 0;

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>True when the file has not changed in between. An empty file is another thing than none.</summary>
    public bool IsSameAs(DeclarationsLook? other) =>
        other is not null && _unreadable == other._unreadable && _bytes is null == other._bytes is null && Bytes.SequenceEqual(other.Bytes);

    internal bool IsFile => _bytes is not null;
}
