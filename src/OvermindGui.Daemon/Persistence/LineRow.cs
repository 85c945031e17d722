using OvermindGui.Core.Contracts;
using OvermindGui.Core.Errors;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Daemon.Persistence;

/// <summary>A new line as a row of <c>lines</c>.</summary>
/// <param name="Fingerprint">Of the error that it names, or null.</param>
internal readonly record struct LineRow(
    long Process, long? Run, long Time, long Stream, long Level, long Continues, long? Fingerprint, EncodedLine Content)
{
    public static LineRow Of(LineBatch batch, int line, in EncodedLine content)
    {
        var traits = batch.Traits.Length > 0 ? batch.Traits[line] : LineTraits.Neutral;
        return new LineRow(
            batch.ProcessId, batch.RunId, batch.Time, (int)batch.Source, (int)traits.Level, traits.Continues ? 1 : 0,
            FingerprintOf(batch.Lines[line], traits, isOutput: batch.Source != LineSource.Notice), content);
    }

    /// <param name="isOutput">Whether a process printed it: the daemon's own notices are no errors of a program.</param>
    public static long? FingerprintOf(in StyledLine line, LineTraits traits, bool isOutput) =>
        isOutput && traits.NamesError ? ErrorFingerprint.Of(line.Text) : null;
}
