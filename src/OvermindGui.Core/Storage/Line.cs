using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Storage;

/// <summary>A stored line of output. Ids increase and are never reused.</summary>
public sealed class Line
{
    public long Id { get; init; }

    public required int ProcessId { get; init; }

    /// <summary>The run that printed it; null for the daemon's own messages.</summary>
    public long? RunId { get; init; }

    /// <summary>Time at which the daemon read the line, Unix milliseconds.</summary>
    public required long Time { get; init; }

    public required LineSource Stream { get; init; }

    /// <summary>Plain text: no escapes, no prefix, no line end.</summary>
    public required string Text { get; init; }

    /// <summary>Style runs as <see cref="Terminal.StyleRunCodec"/> writes them; null for a line without style.</summary>
    public string? Style { get; init; }

    /// <summary>A <see cref="Levels.LineLevel"/>, recognised when the line was stored; 0 for lines that older versions stored.</summary>
    public int Level { get; init; }

    /// <summary>Whether it belongs to the line before it in its stream, as a frame of a stack trace does.</summary>
    public bool Continues { get; init; }

    /// <summary>An <see cref="Errors.ErrorFingerprint"/> of the error that the line names; null for all other lines.</summary>
    public long? Fingerprint { get; init; }
}
